import { alignLabels } from '../losses/align.ts';
import { ones } from '../ops/create.ts';
import { add, cast, mul, where } from '../ops/math/arithmetic.ts';
import { greaterEqual, less, logicalAnd, notEqual } from '../ops/math/compare.ts';
import { segmentSum } from '../ops/reduce/segments.ts';
import { argmax } from '../ops/search/arg.ts';
import { broadcastTo, reshape } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';

/** Whether labels and predictions are class numbers, or vectors over the classes, of which the largest counts. */
export interface ClassForm {
  readonly sparseYTrue: boolean;
  readonly sparseYPred: boolean;
  /** The axis of the vectors. */
  readonly axis: number;
}

/** Class numbers of labels and predictions, in the same shape. */
export function classNumbers(
  labels: Tensor,
  predictions: Tensor,
  { sparseYTrue, sparseYPred, axis }: ClassForm,
  where: string,
): { readonly y: Tensor; readonly p: Tensor } {
  const p = cast(sparseYPred ? predictions : argmax(predictions, axis), 'int32');
  const y = cast(sparseYTrue ? labels : argmax(labels, axis), 'int32');
  return { y: alignLabels(y, p, where), p };
}

/** How pairs of classes are counted. */
export interface PairOptions {
  readonly numClasses: number;
  /** Labels of this class do not count. */
  readonly ignoreClass?: number | undefined;
  /** Of the examples, [batch]. */
  readonly weights?: Tensor | undefined;
}

/** Weight of each pair of a label (row) and a prediction (column): classes [batch, ...] to [classes, classes]. */
export function countPairs(y: Tensor, p: Tensor, { numClasses, ignoreClass, weights }: PairOptions): Tensor {
  const isClass = (x: Tensor) => logicalAnd(greaterEqual(x, 0), less(x, numClasses));
  const inside = logicalAnd(isClass(y), isClass(p));
  const counts = ignoreClass === undefined ? inside : logicalAnd(inside, notEqual(y, ignoreClass));
  const place = where(counts, add(mul(y, numClasses), p), -1);
  const each = weights ? cast(weights, 'float32') : ones(y.shape.slice(0, 1));
  const spread = broadcastTo(reshape(each, [...each.shape, ...y.shape.slice(1).map(() => 1)]), y.shape);
  const total = segmentSum(reshape(spread, [-1]), reshape(place, [-1]), numClasses * numClasses);
  return reshape(total, [numClasses, numClasses]);
}

/** @throws AntlerValueError unless the number of classes is given and positive */
export function requireNumClasses(options: object | undefined, where: string): number {
  const { numClasses } = { ...options } as { readonly numClasses?: number };
  if (numClasses !== undefined && Number.isInteger(numClasses) && numClasses > 0) return numClasses;
  throw new AntlerValueError({
    where,
    expected: 'the option numClasses, a whole number > 0',
    got: numClasses === undefined ? 'none' : String(numClasses),
  });
}
