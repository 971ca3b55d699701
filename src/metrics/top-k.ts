import { alignClasses, alignLabels } from '../losses/align.ts';
import { oneHot } from '../ops/create.ts';
import { where } from '../ops/math/arithmetic.ts';
import { equal, greater, lessEqual } from '../ops/math/compare.ts';
import { any, max, sum } from '../ops/reduce/reduce.ts';
import { argmax } from '../ops/search/arg.ts';
import { expandDims } from '../ops/shape/shape.ts';
import { sliceAxis } from '../ops/shape/slicing.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { Mean, type Metric, type MetricOptions } from './metric.ts';

/** Options of the top-k accuracies. */
export interface TopKOptions extends MetricOptions {
  /** How many guesses count. Default 5. */
  readonly k?: number;
}

/**
 * How often the class of a one-hot label is among those of the k largest predictions, both [batch, ..., classes].
 * Equal predictions all count.
 */
export function topKCategoricalAccuracy(options: TopKOptions = {}): Metric {
  const where = 'topKCategoricalAccuracy';
  requireKnownOptions(options, ['name', 'k'], where);
  const { name = where, k = 5 } = options;
  requireCount(k, where);
  return new Mean(name, (labels, predictions) =>
    isInTopK(argmax(alignLabels(labels, predictions, where), -1), predictions, k),
  );
}

/**
 * How often the class [batch, ...] is among those of the k largest predictions [batch, ..., classes]. Equal
 * predictions all count. With `fromSortedIds` the predictions are class numbers, the best first.
 */
export function sparseTopKCategoricalAccuracy(
  options: TopKOptions & { readonly fromSortedIds?: boolean } = {},
): Metric {
  const where = 'sparseTopKCategoricalAccuracy';
  requireKnownOptions(options, ['name', 'k', 'fromSortedIds'], where);
  const { name = where, k = 5, fromSortedIds = false } = options;
  requireCount(k, where);
  return new Mean(name, (labels, predictions) => {
    const classes = alignClasses(labels, predictions, where);
    return fromSortedIds ? isAmongFirst(classes, predictions, k) : isInTopK(classes, predictions, k);
  });
}

/** Whether less than k predictions exceed that of the class. */
function isInTopK(classes: Tensor, predictions: Tensor, k: number): Tensor {
  const isClass = oneHot(classes, at(predictions.shape, -1), 'bool');
  const own = max(where(isClass, predictions, Number.NEGATIVE_INFINITY), { axis: -1, keepDims: true });
  return lessEqual(sum(greater(predictions, own), -1), k - 1);
}

function isAmongFirst(classes: Tensor, ids: Tensor, k: number): Tensor {
  const axis = ids.rank - 1;
  const first = sliceAxis(ids, axis, 0, Math.min(k, at(ids.shape, axis)));
  return any(equal(expandDims(classes, -1), first), -1);
}

function requireCount(k: number, where: string): void {
  if (Number.isInteger(k) && k > 0) return;
  throw new AntlerValueError({ where, expected: 'a whole number k > 0', got: String(k) });
}
