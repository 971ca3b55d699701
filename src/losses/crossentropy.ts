import { logitsOf } from '../activations/logits.ts';
import { add, clip, div, mul, neg, sub, where } from '../ops/arithmetic.ts';
import { oneHot } from '../ops/create.ts';
import { log } from '../ops/math.ts';
import { logSoftmax, softplus } from '../ops/nn.ts';
import { mean, sum } from '../ops/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { alignClasses, alignLabels } from './align.ts';
import { defineLoss } from './loss.ts';

/** Options of the cross-entropies. */
export interface FromLogits {
  /** The prediction is the input of softmax (or sigmoid), not its output. Default false. */
  readonly fromLogits: boolean;
}

/** Probabilities are kept this far from 0 and 1, Keras's epsilon. */
const EPSILON = 1e-7;

/**
 * log of class probabilities [..., classes]. Those that our own softmax made are computed from its logits, so
 * they are exact however small; others are normalised and clipped as in Keras.
 */
function logProbabilities(predictions: Tensor, fromLogits: boolean): Tensor {
  const logits = fromLogits ? predictions : logitsOf(predictions, 'softmax');
  if (logits) return logSoftmax(logits);
  const normal = div(predictions, sum(predictions, { axis: -1, keepDims: true }));
  return log(clip(normal, EPSILON, 1 - EPSILON));
}

/**
 * -sum over classes of y log p: labels and predictions [batch, ..., classes] to [batch, ...]. Labels are
 * one-hot, or probabilities.
 */
export const categoricalCrossentropy = defineLoss<FromLogits & { readonly labelSmoothing: number }>({
  name: 'categoricalCrossentropy',
  labels: 'oneHot',
  defaults: { fromLogits: false, labelSmoothing: 0 },
  perExample: ({ fromLogits, labelSmoothing }, yTrue, yPred) => {
    const y = alignLabels(yTrue, yPred, 'categoricalCrossentropy');
    const smooth =
      labelSmoothing === 0 ? y : add(mul(y, 1 - labelSmoothing), labelSmoothing / at(yPred.shape, -1));
    return neg(sum(mul(smooth, logProbabilities(yPred, fromLogits)), -1));
  },
});

/**
 * -log p[class]: classes [batch, ...] and predictions [batch, ..., classes] to [batch, ...]. Labels are
 * integers in [0, classes).
 */
export const sparseCategoricalCrossentropy = defineLoss<FromLogits>({
  name: 'sparseCategoricalCrossentropy',
  labels: 'classes',
  defaults: { fromLogits: false },
  perExample: ({ fromLogits }, yTrue, yPred) => {
    const classes = alignClasses(yTrue, yPred, 'sparseCategoricalCrossentropy');
    const isClass = oneHot(classes, at(yPred.shape, -1), 'bool');
    // a product would make NaN of an infinite log probability of another class
    return neg(sum(where(isClass, logProbabilities(yPred, fromLogits), 0), -1));
  },
});

/**
 * Mean over the last axis of -(y log p + (1 - y) log(1 - p)): [batch, ..., outputs] to [batch, ...]. Labels
 * in [0, 1].
 */
export const binaryCrossentropy = defineLoss<FromLogits & { readonly labelSmoothing: number }>({
  name: 'binaryCrossentropy',
  labels: 'binary',
  defaults: { fromLogits: false, labelSmoothing: 0 },
  perExample: ({ fromLogits, labelSmoothing }, yTrue, yPred) => {
    const y = alignLabels(yTrue, yPred, 'binaryCrossentropy');
    const smooth = labelSmoothing === 0 ? y : add(mul(y, 1 - labelSmoothing), labelSmoothing / 2);
    const logits = fromLogits ? yPred : logitsOf(yPred, 'sigmoid');
    return mean(logits ? binaryFromLogits(smooth, logits) : binaryFromProbabilities(smooth, yPred), -1);
  },
});

/** softplus(x) - y x, which is -(y log p + (1 - y) log(1 - p)) for p = sigmoid(x). */
function binaryFromLogits(y: Tensor, logits: Tensor): Tensor {
  return sub(softplus(logits), mul(y, logits));
}

function binaryFromProbabilities(y: Tensor, probabilities: Tensor): Tensor {
  const p = clip(probabilities, EPSILON, 1 - EPSILON);
  return neg(add(mul(y, log(p)), mul(sub(1, y), log(sub(1, p)))));
}
