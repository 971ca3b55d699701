import { oneHot } from '../ops/create.ts';
import { div, mul, neg, pow, sub, where } from '../ops/math/arithmetic.ts';
import { notEqual } from '../ops/math/compare.ts';
import { sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { logProbabilities, type Predicted, smoothed } from './log-probabilities.ts';
import { defineLoss } from './loss.ts';
import { requireWithin } from './options.ts';

/** Options of `categoricalCrossentropy`. */
interface CategoricalConfig extends Predicted {
  /** Share of each label that is spread over all classes, in [0, 1]. Default 0. */
  readonly labelSmoothing: number;
}

/**
 * -sum over classes of y log p: labels and predictions [batch, ..., classes] to [batch, ...]. Labels are
 * one-hot, or probabilities.
 */
export const categoricalCrossentropy = defineLoss<CategoricalConfig>({
  name: 'categoricalCrossentropy',
  labels: 'oneHot',
  defaults: { fromLogits: false, labelSmoothing: 0, axis: -1 },
  check: ({ labelSmoothing }) =>
    requireWithin(labelSmoothing, [0, 1], 'labelSmoothing', 'categoricalCrossentropy'),
  perExample(config, y, predictions) {
    // Keras counts the classes along the last axis, whatever `axis` is
    const smooth = smoothed(y, config.labelSmoothing, at(y.shape, -1));
    return neg(
      sum(mul(smooth, logProbabilities(predictions, config, 'categoricalCrossentropy')), config.axis),
    );
  },
});

/** Options of `sparseCategoricalCrossentropy`. */
interface SparseConfig {
  /** The prediction is the input of softmax, not its output. Default false. */
  readonly fromLogits: boolean;
  /** Examples of this label do not count, for instance -1 for unknown. Default null: all count. */
  readonly ignoreClass: number | null;
}

/** Whether each label counts. */
const counts = ({ ignoreClass }: SparseConfig, classes: Tensor): Tensor | undefined =>
  ignoreClass === null ? undefined : notEqual(classes, ignoreClass);

/**
 * -log p[class]: classes [batch, ...] and predictions [batch, ..., classes] to [batch, ...]. Labels are
 * integers in [0, classes).
 */
export const sparseCategoricalCrossentropy = defineLoss<SparseConfig>({
  name: 'sparseCategoricalCrossentropy',
  labels: 'classes',
  defaults: { fromLogits: false, ignoreClass: null },
  perExample(config, classes, predictions) {
    const predicted = { fromLogits: config.fromLogits, axis: -1 };
    const logP = logProbabilities(predictions, predicted, 'sparseCategoricalCrossentropy');
    const isClass = oneHot(classes, at(predictions.shape, -1), 'bool');
    // a product would make NaN of an infinite log probability of another class
    const losses = neg(sum(where(isClass, logP, 0), -1));
    const counted = counts(config, classes);
    return counted ? where(counted, losses, 0) : losses;
  },
  mask: counts,
});

/**
 * (1 - p[class]^q) / q, between the cross-entropy (q near 0) and the mean absolute error (q near 1), which bears wrong
 * labels better (Zhang and Sabuncu 2018): classes [batch, ...] and probabilities [batch, ..., classes] to
 * [batch, ...]. q in (0, 1), default 0.5.
 */
export const categoricalGeneralizedCrossEntropy = defineLoss<{ readonly q: number }>({
  name: 'categoricalGeneralizedCrossEntropy',
  labels: 'classes',
  defaults: { q: 0.5 },
  check({ q }) {
    if (q > 0 && q < 1) return;
    const where = 'categoricalGeneralizedCrossEntropy';
    throw new AntlerValueError({ where, expected: 'q in (0, 1)', got: String(q) });
  },
  perExample({ q }, classes, probabilities) {
    const isClass = oneHot(classes, at(probabilities.shape, -1), 'bool');
    const p = sum(where(isClass, probabilities, 0), -1);
    return div(sub(1, pow(p, q)), q);
  },
});
