import { logitsOf, type Normalizer } from '../activations/logits.ts';
import { add, clip, div, mul } from '../ops/math/arithmetic.ts';
import { log } from '../ops/math/math.ts';
import { logSoftmax } from '../ops/nn/nn.ts';
import { sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../util/errors.ts';
import { formatShape, normalizeAxis } from '../util/shapes.ts';
import { EPSILON } from './epsilon.ts';

/** Where the classes are, and what the predictions are. */
export interface Predicted {
  /** The prediction is the input of softmax (or sigmoid), not its output. Default false. */
  readonly fromLogits: boolean;
  /** The axis of the classes. Default -1. */
  readonly axis: number;
}

/**
 * log of class probabilities [..., classes]. Those that our own softmax made are computed from its logits, so
 * they are exact however small; others are normalised and clipped as in Keras.
 */
export function logProbabilities(
  predictions: Tensor,
  { fromLogits, axis }: Predicted,
  where: string,
): Tensor {
  const classAxis = normalizeAxis(axis, predictions.rank, where);
  requireClasses(predictions, classAxis, where);
  const logits = logitsGiven(predictions, 'softmax', { fromLogits, where });
  if (fromLogits) return logSoftmax(predictions, axis);
  // logits are remembered of the last axis only
  if (logits && classAxis === predictions.rank - 1) return logSoftmax(logits);
  return log(clippedProbabilities(predictions, axis));
}

/** Probabilities that add up to 1 along the axis, kept from 0 and 1. */
function clippedProbabilities(predictions: Tensor, axis: number): Tensor {
  const normal = div(predictions, sum(predictions, { axis, keepDims: true }));
  return clip(normal, EPSILON, 1 - EPSILON);
}

/**
 * The logits that probabilities were made of, or those given.
 * @throws AntlerValueError for probabilities that the user says are logits
 */
export function logitsGiven(
  predictions: Tensor,
  normalizer: Normalizer,
  { fromLogits, where }: { readonly fromLogits: boolean; readonly where: string },
): Tensor | undefined {
  const logits = logitsOf(predictions, normalizer);
  if (!fromLogits) return logits;
  if (!logits) return predictions;
  throw new AntlerValueError({
    where,
    expected: `logits, the input of ${normalizer}, for fromLogits: true`,
    got: `the output of ${normalizer}`,
    fix: `leave out fromLogits, or the activation ${normalizer}`,
  });
}

function requireClasses({ shape }: Tensor, axis: number, where: string): void {
  if (at(shape, axis) > 1) return;
  throw new AntlerShapeError({
    where,
    expected: 'predictions of at least 2 classes',
    got: formatShape(shape),
    fix: 'binaryCrossentropy goes with one output for yes or no',
  });
}

/** Labels mixed with equal shares: y (1 - smoothing) + smoothing / classes. */
export function smoothed(y: Tensor, smoothing: number, classes: number): Tensor {
  return smoothing === 0 ? y : add(mul(y, 1 - smoothing), smoothing / classes);
}
