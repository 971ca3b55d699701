import { expect } from 'vitest';
import { type Tensor, tensor } from '../../src/index.ts';
import { firstDifference } from './tolerances.ts';

/** A float64 tensor of numbers in (-1, 1) that depend on the seed. */
export function waves(shape: readonly number[], seed = 0): Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return tensor(
    Float64Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + 2.3 * seed + 0.4)),
    shape,
  );
}

/** Same shape, dtype and elements, up to rounding in double precision. */
export function expectEqual(actual: Tensor, expected: Tensor): void {
  expect([actual.shape, actual.dtype]).toEqual([expected.shape, expected.dtype]);
  const [found, wanted] = [actual.dataSync(), expected.dataSync()];
  const wrong = firstDifference(found, wanted, actual.dtype);
  expect(wrong, `element ${wrong}: ${found[wrong]} instead of ${wanted[wrong]}`).toBe(-1);
}
