import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { normalizeAxis } from '../../util/shapes.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { sliceAxis } from '../shape/slicing.ts';
import { sub } from './arithmetic.ts';
import { notEqual } from './compare.ts';

/** How often and along which axis to take differences. */
export interface DiffOptions {
  /** How many times. Default 1. */
  readonly n?: number;
  /** Negative counts from the end. Default -1. */
  readonly axis?: number;
}

/** Differences x[i + 1] - x[i] of neighbours along an axis, n times: the axis gets n shorter. bool: whether they differ. */
export function diff(x: TensorLike, { n = 1, axis = -1 }: DiffOptions = {}): Tensor {
  if (!Number.isInteger(n) || n < 0) {
    throw new AntlerValueError({ where: 'diff', expected: 'a whole n >= 0', got: `${n}` });
  }
  let values = toTensor(x, 'diff');
  const along = normalizeAxis(axis, values.rank, 'diff');
  const subtract = values.dtype === 'bool' ? notEqual : sub;
  for (let round = 0; round < n; round++) {
    const count = Math.max(0, at(values.shape, along) - 1);
    const start = Math.min(1, at(values.shape, along));
    values = subtract(sliceAxis(values, along, start, count), sliceAxis(values, along, 0, count));
  }
  return values;
}
