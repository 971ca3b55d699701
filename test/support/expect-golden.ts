import { expect } from 'vitest';
import { fromHost, type Tensor } from '../../src/tensor/tensor.ts';
import { decodeGolden, type GoldenArray } from './golden.ts';
import { firstDifference } from './tolerances.ts';

/** A golden array as a tensor. */
export function goldenTensor(golden: GoldenArray): Tensor {
  const { data, dtype } = decodeGolden(golden);
  return fromHost(data, golden.shape, dtype);
}

/** Fails unless a tensor has the shape of a golden array and its elements, within the tolerance of its dtype. */
export async function expectGolden(actual: Tensor, golden: GoldenArray): Promise<void> {
  expect(actual.shape).toEqual(golden.shape);
  const elements = await actual.data();
  const { data } = decodeGolden(golden);
  const place = firstDifference(elements, data, actual.dtype);
  if (place >= 0) expect({ place, element: elements[place] }).toEqual({ place, element: data[place] });
}
