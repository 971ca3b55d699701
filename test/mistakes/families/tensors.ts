import {
  add,
  argmax,
  at,
  cast,
  grad,
  jit,
  layers,
  max,
  oneHot,
  ones,
  sum,
  type Tensor,
  tensor,
  Variable,
  zeros,
} from 'antler';
import type { Family } from '../mistake.ts';

/** Values and element types. */
export const tensors: Family = {
  name: 'tensors',
  mistakes: [
    {
      mistake: 'an unknown dtype',
      run: () => zeros([2], 'float' as never),
      message: "full: expected a dtype (bool, uint8, int32, float32, float64), got 'float'",
    },
    {
      mistake: 'an unknown dtype of a cast',
      run: () => cast(ones([2]), 'double' as never),
      message: "cast: expected a dtype (bool, uint8, int32, float32, float64), got 'double'",
    },
    {
      mistake: 'integers for the weights of a layer',
      run: () => layers.dense({ units: 2, dtype: 'int32' as never }),
      message: "dense: expected a float dtype, got 'int32'; choose from float32, float64",
    },
    {
      mistake: 'the gradient of integers',
      run: () => grad((x: Tensor) => sum(x.mul(x)))(tensor([1, 2], 'int32')),
      message:
        "grad, first argument, leaf 0: expected a float tensor, got int32; convert with cast(x, 'float32')",
    },
    {
      mistake: 'the gradient of a vector',
      run: () => grad((x: Tensor) => x.mul(x))(tensor([1, 2])),
      message:
        'grad: expected a function that returns a scalar, got shape [2]; reduce it with sum() or mean()',
    },
    {
      mistake: 'a number that a byte cannot hold',
      run: () => add(tensor([1], 'uint8'), 300),
      message:
        'add: expected a number in [0, 255] beside a tensor of uint8, got 300; convert the tensor with cast(x, dtype) first',
    },
    {
      mistake: 'floats for one-hot classes',
      run: () => oneHot(tensor([0, 1]), 2),
      message: "oneHot: expected integer classes, got float32; convert with cast(x, 'int32')",
    },
    {
      mistake: 'numbers and booleans together',
      run: () => tensor([1, true] as never),
      message:
        'tensor: expected all numbers or all booleans, got boolean and number; write 1 and 0 for true and false',
    },
    {
      mistake: 'big integers',
      run: () => tensor(BigInt64Array.of(1n) as never),
      message:
        'tensor: expected numbers of at most 32 bits, got BigInt64Array; convert it with Int32Array.from(values, Number)',
    },
    {
      mistake: 'text in an array',
      run: () => tensor(['a', 'b'] as never),
      message:
        'tensor: expected tensors, numbers, booleans, or arrays of numbers or booleans, got string; give numbers, for instance names.indexOf(name) for each name',
    },
    {
      mistake: 'the name of a file for data',
      run: () => tensor('data.csv' as never),
      message: 'tensor: expected tensors, numbers, booleans, or arrays of numbers or booleans, got string',
    },
    {
      mistake: 'nothing for data',
      run: () => tensor(undefined as never),
      message: 'tensor: expected tensors, numbers, booleans, or arrays of numbers or booleans, got undefined',
    },
    {
      mistake: 'rows of several lengths',
      run: () => tensor([[1, 2], [3]]),
      message:
        'tensor: expected arrays of equal length in every row (shape [2, 2] by the first), got a row of 1; bring all rows to one length, for instance with zeros at their ends',
    },
    {
      mistake: 'rows and numbers together',
      run: () => tensor([[1, 2], 3] as never),
      message:
        'tensor: expected arrays of equal length in every row (shape [2, 2] by the first), got the number 3; bring all rows to one length, for instance with zeros at their ends',
    },
    {
      mistake: 'the largest of nothing',
      run: () => max(tensor([])),
      message: 'max: expected at least one element, got shape [0]',
    },
    {
      mistake: 'a negative extent',
      run: () => zeros([-1, 2]),
      message: 'full: expected whole extents >= 0, got [-1, 2]',
    },
    {
      mistake: 'a shape in quotes',
      run: () => zeros('2, 3' as never),
      message: "full: expected a list of extents, got '2, 3'; write [2, 3]",
    },
    {
      mistake: 'an axis that is not there',
      run: () => argmax(ones([2, 3]), { axis: 2 }),
      message: 'argmax: expected an axis in [-2, 1], got 2',
    },
    {
      mistake: 'an index out of range',
      run: () => at(ones([2, 3]), 5),
      message: 'at, axis 0: expected a whole index in [-2, 1], got 5',
    },
    {
      mistake: 'one number of many elements',
      run: () => ones([2]).item(),
      message: 'item: expected a tensor of one element, got shape [2]; use data() or array()',
    },
    {
      mistake: 'a tensor used after dispose',
      run: async () => {
        const x = add(ones([2]), 1);
        await x.data();
        x.dispose();
        return x.data();
      },
      message:
        'tensor: expected a live tensor, got one that was disposed of or donated; read it before, or leave disposing to the garbage collector',
    },
    {
      mistake: 'a value printed inside a compiled function',
      run: () => jit((x: Tensor) => x.mul(`${x}`.length))(ones([2])),
      message:
        'jit, vmap or another traced function: expected a function whose steps do not depend on tensor values, got a request for the value of a tensor that is only traced; return the tensor and look at it outside, or choose with where()',
    },
    {
      mistake: 'a branch on a value inside a compiled function',
      run: () => jit((x: Tensor) => (Number(x) > 0 ? x : x.neg()))(ones([])),
      message:
        'jit, vmap or another traced function: expected a function whose steps do not depend on tensor values, got a request for the value of a tensor that is only traced; return the tensor and look at it outside, or choose with where()',
    },
    {
      mistake: 'a variable given another shape',
      run: () => new Variable(ones([2]), { name: 'w' }).assign(ones([3])),
      message:
        'w: expected [2], got [3]; a variable keeps its shape: reshape the value, or make another variable',
    },
    {
      mistake: 'a variable given another type',
      run: () => new Variable(ones([2]), { name: 'w' }).assign(tensor([1, 2], 'int32')),
      message: "w: expected float32, got int32; convert with cast(x, 'float32')",
    },
    {
      mistake: 'a variable given a number',
      run: () => new Variable(ones([]), { name: 'w' }).assign(3 as never),
      message: 'w: expected a tensor to assign, got 3; make one with tensor(value)',
    },
  ],
};
