import { oneHot } from '../ops/create.ts';
import { where as choose } from '../ops/math/arithmetic.ts';
import { any } from '../ops/reduce/reduce.ts';
import { topK as largest } from '../ops/search/sort.ts';
import { sliceAxis } from '../ops/shape/slicing.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';

/** Which predictions count. */
export interface Selection {
  /** Only the k largest of each example are a yes, whatever their size. */
  readonly topK?: number;
  /** Only this class counts. */
  readonly classId?: number;
}

/** Stands for a prediction that is not among the largest; Keras's number. */
export const NEVER = -1e10;

/** Predictions [batch, ..., classes], those not among the k largest replaced by `NEVER`. */
export function keepTopK(predictions: Tensor, k: number | undefined): Tensor {
  if (k === undefined) return predictions;
  const { indices } = largest(predictions, k);
  const isKept = any(oneHot(indices, at(predictions.shape, -1), 'bool'), -2);
  return choose(isKept, predictions, NEVER);
}

/** The part of [batch, ..., classes] that belongs to one class, [batch, ..., 1], or all of it. */
export function ofClass(x: Tensor, classId: number | undefined, where: string): Tensor {
  if (classId === undefined) return x;
  const classes = x.rank > 1 ? at(x.shape, -1) : 0;
  if (Number.isInteger(classId) && classId >= 0 && classId < classes)
    return sliceAxis(x, x.rank - 1, classId, 1);
  throw new AntlerValueError({
    where,
    expected: classes > 0 ? `a classId in 0 to ${classes - 1}` : 'predictions [batch, classes] for classId',
    got: String(classId),
  });
}
