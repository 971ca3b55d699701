import { alignLabels } from '../losses/align.ts';
import { onesLike, tensor } from '../ops/create.ts';
import { cast, mul, sub, where } from '../ops/math/arithmetic.ts';
import { greater } from '../ops/math/compare.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { reshape } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError } from '../util/errors.ts';
import { formatShape, sameShape } from '../util/shapes.ts';
import type { Sums } from './accumulated.ts';

/** What can become of a yes-or-no prediction. */
export type Outcome = 'truePositives' | 'falsePositives' | 'trueNegatives' | 'falseNegatives';

/** What is counted, and how. */
export interface Counting {
  /** A prediction above is a yes. Counts are made for each. */
  readonly thresholds: readonly number[];
  /** Count each label (last axis) for itself. */
  readonly perLabel: boolean;
}

/**
 * Counts of the outcomes, [thresholds] or [thresholds, labels]. Labels other than 0 are a yes.
 * @param weight of each prediction
 */
export function countOutcomes(
  labels: Tensor,
  predictions: Tensor,
  weight: Tensor,
  { thresholds, perLabel }: Counting,
): Sums<Outcome> {
  const flat = perLabel ? [1, ...predictions.shape] : [1, -1];
  const [y, p, w] = [cast(labels, 'bool'), cast(predictions, 'float32'), weight].map((x) =>
    reshape(x, flat),
  ) as [Tensor, Tensor, Tensor];
  const limits = reshape(tensor([...thresholds]), [-1, ...y.shape.slice(1).map(() => 1)]);
  const isAbove = greater(p, limits);
  const [yes, no] = [where(y, w, 0), where(y, 0, w)];
  const truePositives = sum(where(isAbove, yes, 0), 1);
  const falsePositives = sum(where(isAbove, no, 0), 1);
  return {
    truePositives,
    falsePositives,
    trueNegatives: sub(sum(no, 1), falsePositives),
    falseNegatives: sub(sum(yes, 1), truePositives),
  };
}

/** Labels, predictions, and the weight of each prediction: all in the shape of the predictions. */
export function weighted(
  labels: Tensor,
  predictions: Tensor,
  weights: Tensor | undefined,
  where: string,
): { readonly y: Tensor; readonly p: Tensor; readonly w: Tensor } {
  const y = alignLabels(labels, predictions, where);
  const ones = onesLike(predictions, 'float32');
  if (!weights) return { y, p: predictions, w: ones };
  const batch = predictions.shape.slice(0, 1);
  if (!sameShape(weights.shape, batch)) {
    throw new AntlerShapeError({
      where: `${where}, sample weights`,
      expected: `one weight an example, ${formatShape(batch)}`,
      got: formatShape(weights.shape),
    });
  }
  const perRow = reshape(cast(weights, 'float32'), [...batch, ...predictions.shape.slice(1).map(() => 1)]);
  return { y, p: predictions, w: mul(ones, perRow) };
}
