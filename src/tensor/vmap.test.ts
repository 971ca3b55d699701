import { describe, expect, it } from 'vitest';
import { expectEqual, waves } from '../../test/support/numbers.ts';
import {
  add,
  at,
  cond,
  conv2d,
  grad,
  jit,
  less,
  matmul,
  mul,
  random,
  scan,
  stack,
  sum,
  type Tensor,
  take,
  tanh,
  tensor,
  Variable,
  vmap,
  whileLoop,
} from '../index.ts';

/** f of every row by itself, stacked. */
function oneByOne(f: (x: Tensor) => Tensor, x: Tensor): Tensor {
  return stack(Array.from({ length: x.shape[0] ?? 0 }, (_, i) => f(at(x, i))));
}

const energy = (x: Tensor) => sum(mul(tanh(x), x));

describe('vmap', () => {
  it('is the function of every element, stacked', () => {
    const x = waves([4, 3]);
    expectEqual(vmap(tanh)(x), tanh(x));
    expectEqual(vmap(energy)(x), oneByOne(energy, x));
  });

  it('maps over the axes asked for and stacks along them', () => {
    const [a, b] = [waves([2, 5]), waves([5], 1)];
    const dot = (x: Tensor, y: Tensor) => sum(mul(x, y));
    expectEqual(vmap(dot, { inAxes: [0, null] })(a, b), matmul(a, b));
    expectEqual(vmap(dot, { inAxes: [1, 0] })(waves([3, 5]), b), mul(sum(waves([3, 5]), 0), b));
    expectEqual(vmap(tanh, { inAxes: -1, outAxes: -1 })(a), tanh(a));
    const both = vmap(({ x, y }: { x: Tensor; y: Tensor }) => ({ s: add(x, y), y }), {
      inAxes: [{ x: 0, y: null }],
      outAxes: { s: 1, y: null },
    })({ x: a, y: b });
    expect([both.s.shape, both.y.shape]).toEqual([[5, 2], [5]]);
  });

  it('maps twice, maps gradients, and is compiled', () => {
    const x = waves([2, 3, 4]);
    expectEqual(vmap(vmap(energy))(x), stack([oneByOne(energy, at(x, 0)), oneByOne(energy, at(x, 1))]));
    const slopes = vmap(grad(energy));
    expectEqual(slopes(at(x, 0)), oneByOne(grad(energy), at(x, 0)));
    expectEqual(jit(slopes)(at(x, 0)), slopes(at(x, 0)));
    expectEqual(vmap(jit(grad(energy)))(at(x, 0)), slopes(at(x, 0)));
    const total = (y: Tensor) => sum(vmap(energy)(y));
    expectEqual(grad(total)(at(x, 0)), slopes(at(x, 0)));
  });

  it('gives each example of a batch its own gradient of shared weights', () => {
    const weights = waves([3, 3, 2, 4]);
    const images = waves([5, 6, 6, 2], 1);
    const loss = (w: Tensor, image: Tensor) => {
      const [height, width, channels] = image.shape as [number, number, number];
      return sum(tanh(conv2d(image.reshape([1, height, width, channels]), w)));
    };
    const each = vmap(grad(loss), { inAxes: [null, 0] })(weights, images);
    expectEqual(
      each,
      oneByOne((image) => grad(loss)(weights, image), images),
    );
  });

  it('maps over several sets of weights', () => {
    const kernels = waves([4, 3, 3, 2, 3]);
    const images = waves([2, 5, 5, 2], 1);
    const convolve = (kernel: Tensor) => conv2d(images, kernel);
    expectEqual(vmap(convolve)(kernels), oneByOne(convolve, kernels));
  });

  it('takes rows, and draws with a key for each element', () => {
    const [table, rows] = [waves([6, 2]), tensor(Int32Array.of(0, 5, 3, 3, 1, 2), [3, 2])];
    expectEqual(vmap((i: Tensor) => take(table, i, 0))(rows), take(table, rows, 0));
    const keys = stack(random.split(random.key(7), 3));
    const draw = (key: Tensor) => random.normal(key, [4], { dtype: 'float64' });
    expectEqual(vmap(draw)(keys), oneByOne(draw, keys));
  });

  it('maps over loops and branches', () => {
    const x = waves([4, 3]);
    const decay = (row: Tensor) => {
      const [last, all] = scan((carry: Tensor, y: Tensor) => [tanh(add(carry, y)), carry], at(row, 0), row);
      return add(last, sum(all));
    };
    expectEqual(vmap(decay)(x), oneByOne(decay, x));
    expectEqual(vmap(grad(decay))(x), oneByOne(grad(decay), x));
    const grow = (row: Tensor) =>
      whileLoop(
        (y: Tensor) => less(sum(y), 20),
        (y) => add(y, mul(y, y)),
        mul(row, row),
      );
    expectEqual(vmap(grow)(x), oneByOne(grow, x));
    const sign = (row: Tensor) => cond(less(sum(row), 0), (y: Tensor) => mul(y, y), tanh, row);
    expectEqual(vmap(sign)(x), oneByOne(sign, x));
    const shared = (flag: Tensor, row: Tensor) => cond(flag, (y: Tensor) => mul(y, y), tanh, row);
    const flag = less(tensor(0), 1);
    expectEqual(vmap(shared, { inAxes: [null, 0] })(flag, x), mul(x, x));
  });

  it('maps over nothing', () => {
    const shapes = vmap((x: Tensor) => ({ a: matmul(x, waves([3, 2])), b: energy(x) }))(waves([0, 4, 3]));
    expect([shapes.a.shape, shapes.b.shape]).toEqual([[0, 4, 2], [0]]);
    expect(shapes.a.dataSync()).toHaveLength(0);
  });

  it('assigns variables what the whole batch shares, and nothing else', () => {
    const counter = new Variable(tensor(1), { name: 'counter' });
    const counted = vmap((x: Tensor) => {
      counter.assign(add(counter.read(), 1));
      return mul(x, counter.read());
    });
    expectEqual(counted(tensor([1, 2])), tensor([2, 4]));
    expect(counter.read().itemSync()).toBe(2);
    expectEqual(jit(counted)(tensor([1, 2])), tensor([3, 6]));
    expect(counter.read().itemSync()).toBe(3);
    const leaks = vmap((x: Tensor) => {
      counter.assign(x);
      return x;
    });
    expect(() => leaks(tensor([1, 2]))).toThrow(
      'vmap, assignment to counter: expected one value for the whole batch, got a value for each element',
    );
  });

  it('says what is wrong', () => {
    const two = (a: Tensor, b: Tensor) => add(a, b);
    expect(() => vmap(two)(waves([2]), waves([3]))).toThrow(
      'vmap: expected mapped axes of one extent, got extents 2 and 3',
    );
    expect(() => vmap(two)(waves([2]), tensor(1))).toThrow(
      'vmap, tensor 1 of the arguments: expected an axis 0 to map over, got shape []; share it with null in inAxes',
    );
    expect(() => vmap(two, { inAxes: [0] })(waves([2]), waves([2]))).toThrow(
      'vmap, inAxes: expected an axis, null, or one of these for each of 2 items, got 1 items',
    );
    expect(() => vmap(two, { inAxes: null })(waves([2]), waves([2]))).toThrow(
      'vmap: expected at least one tensor to map over, got none',
    );
    expect(() => vmap(tanh, { outAxes: null })(waves([2]))).toThrow(
      'vmap, outAxes: expected an axis for a result that differs between elements, got null',
    );
    expect(() => vmap(tanh, { outAxes: 3 })(waves([2]))).toThrow(
      'vmap, outAxes: expected an axis of a result of rank 1, got 3',
    );
    expect(() => vmap((x: Tensor) => tensor(x.itemSync()))(waves([2]))).toThrow('only traced');
    expect(() => vmap((_: Tensor) => 3)(waves([2]))).toThrow(
      'vmap: expected a function that returns tensors, or arrays and objects of them, got number',
    );
  });
});
