import { describe, expect, it } from 'vitest';
import type { Tensor } from '../tensor/tensor.ts';
import { scalar, tensor, variable } from './create.ts';
import { add, div, mul, where } from './math/arithmetic.ts';
import { equal } from './math/compare.ts';
import { exp } from './math/math.ts';
import { mean, sum } from './reduce/reduce.ts';

const bool = tensor([true, false]);
const uint8 = tensor([1, 2], 'uint8');
const int32 = tensor([1, 2], 'int32');
const float32 = tensor([1, 2]);
const float64 = tensor([1, 2], 'float64');

describe('the dtype of a result', () => {
  const cases: [string, Tensor, string][] = [
    ['two numbers', add(1, 2), 'float32'],
    ['an integer tensor and a whole number', add(int32, 1), 'int32'],
    ['an integer tensor and a fraction', add(int32, 1.5), 'float32'],
    ['bytes and a whole number', mul(uint8, 3), 'uint8'],
    ['bool and a whole number', add(bool, 1), 'int32'],
    ['bool and a fraction', add(bool, 0.5), 'float32'],
    ['bool and bool', add(bool, bool), 'int32'],
    ['bool and true', where(bool, bool, true), 'bool'],
    ['bytes and int32', add(uint8, int32), 'int32'],
    ['int32 and float32', add(int32, float32), 'float32'],
    ['float32 and float64', add(float32, float64), 'float64'],
    ['float64 and a number', add(float64, 0.1), 'float64'],
    ['float32 and a nested array', add(float32, [1, 2]), 'float32'],
    ['int32 and a typed array of its kind', add(int32, Int32Array.of(1, 2)), 'int32'],
    ['a quotient of integers', div(int32, int32), 'float32'],
    ['a function of integers', exp(int32), 'float32'],
    ['a sum of bool', sum(bool), 'int32'],
    ['a mean of integers', mean(uint8), 'float32'],
    ['a comparison', equal(int32, 1.5), 'bool'],
  ];
  it.each(cases)('of %s', (_name, result, dtype) => {
    expect(result.dtype).toBe(dtype);
  });

  it('keeps 0.1 in double precision beside float64', () => {
    expect(add(float64, 0.1).dataSync()).toEqual(Float64Array.of(1.1, 2.1));
  });

  it('follows what a tensor is made of', () => {
    expect(tensor(new Uint8Array(4), [2, 2]).dtype).toBe('uint8');
    expect(tensor([1, 0], 'bool').arraySync()).toEqual([true, false]);
    expect(tensor(Float64Array.of(1, 2, 3, 4), [2, 2], 'int32').arraySync()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(scalar(true).dtype).toBe('bool');
    expect(variable([1, 2], { name: 'w' }).read().dtype).toBe('float32');
  });
});

describe('messages', () => {
  it.each([
    [
      'add: expected shapes that broadcast (equal extents, or 1), got [2] and [3]',
      () => add(float32, [1, 2, 3]),
    ],
    [
      'add: expected a number in [0, 255] beside a tensor of uint8, got 300; convert the tensor with cast(x, dtype) first',
      () => add(uint8, 300),
    ],
    [
      'tensor: expected arrays of equal length in every row (shape [2, 2] by the first), got a row of 1',
      () => tensor([[1, 2], [3]]),
    ],
    [
      'tensor: expected arrays of equal length in every row (shape [2, 1] by the first), got the number 2',
      () => tensor([[1], 2]),
    ],
    ['tensor: expected all numbers or all booleans, got boolean and number', () => tensor([1, true])],
    ['tensor: expected 4 elements for shape [2, 2], got 3', () => tensor([1, 2, 3], [2, 2])],
    [
      'add: expected tensors, numbers, booleans, or arrays of numbers or booleans, got string',
      () => add(float32, 'x' as unknown as number),
    ],
    [
      "tensor: expected a dtype (bool, uint8, int32, float32, float64), got 'float16'",
      () => tensor(1, 'float16' as 'float32'),
    ],
  ])('%s', (message, act) => {
    expect(act).toThrow(message);
  });
});
