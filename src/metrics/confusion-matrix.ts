import type { TensorLike } from '../ops/convert.ts';
import { toTensor } from '../ops/convert.ts';
import { cast } from '../ops/math/arithmetic.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { Accumulated } from './accumulated.ts';
import { classNumbers, countPairs, requireNumClasses } from './class-pairs.ts';
import type { Metric, MetricOptions } from './metric.ts';

/** Options of `confusionMatrix`. */
export interface ConfusionMatrixOptions {
  readonly numClasses: number;
  /** Of the examples, [batch]. */
  readonly weights?: TensorLike;
}

/**
 * How often each class (row) is taken for each (column): class numbers [batch, ...], both of the same shape, to
 * [classes, classes], int32, or float32 with weights. Numbers that are no classes do not count.
 */
export function confusionMatrix(
  labels: TensorLike,
  predictions: TensorLike,
  options: ConfusionMatrixOptions,
): Tensor {
  const where = 'confusionMatrix';
  const numClasses = requireNumClasses(options, where);
  const form = { sparseYTrue: true, sparseYPred: true, axis: -1 };
  const { y, p } = classNumbers(toTensor(labels, where), toTensor(predictions, where), form, where);
  const weights = options.weights === undefined ? undefined : toTensor(options.weights, where);
  const counts = countPairs(y, p, { numClasses, weights });
  return weights ? counts : cast(counts, 'int32');
}

/** Options of the metric `confusionMatrix`. */
export interface ConfusionMatrixMetricOptions extends MetricOptions {
  /** Default: the last extent of the first predictions. */
  readonly numClasses?: number;
  /** Labels are class numbers (default), or vectors over the classes. */
  readonly sparseYTrue?: boolean;
  /** Predictions are class numbers. Default false: vectors over the classes. */
  readonly sparseYPred?: boolean;
}

/**
 * The confusion matrix of all batches, float32 [classes, classes]. As it is no single number, `compile` does not take
 * it: update it with the predictions of `predict`.
 */
export function confusionMatrixMetric(options: ConfusionMatrixMetricOptions = {}): Metric {
  const where = 'confusionMatrix';
  requireKnownOptions(options, ['name', 'numClasses', 'sparseYTrue', 'sparseYPred'], where);
  const { name = where, sparseYTrue = true, sparseYPred = false } = options;
  const isGiven = sparseYPred || options.numClasses !== undefined;
  const given = isGiven ? requireNumClasses(options, where) : undefined;
  const shapes = (classes: number) => ({ pairs: [classes, classes] });
  return new Accumulated({
    name,
    shapes: given === undefined ? shapes : shapes(given),
    measure(labels, predictions, weights) {
      const form = { sparseYTrue, sparseYPred, axis: -1 };
      const { y, p } = classNumbers(labels, predictions, form, where);
      const numClasses = given ?? predictions.shape.at(-1) ?? 1;
      return { pairs: countPairs(y, p, { numClasses, weights }) };
    },
    result: ({ pairs }) => pairs,
  });
}
