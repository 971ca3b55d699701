import { add, clip, mul, neg, sub } from '../ops/math/arithmetic.ts';
import { log } from '../ops/math/math.ts';
import { softplus } from '../ops/nn/nn.ts';
import { mean } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { EPSILON } from './epsilon.ts';
import { logitsGiven, type Predicted, smoothed } from './log-probabilities.ts';
import { defineLoss } from './loss.ts';
import { requireWithin } from './options.ts';

/** Options of the binary cross-entropies. */
export interface BinaryConfig extends Predicted {
  /** Share of each label that is moved to the middle, in [0, 1]. Default 0. */
  readonly labelSmoothing: number;
}

/**
 * Mean over `axis` (default the last) of -(y log p + (1 - y) log(1 - p)): [batch, ..., outputs] to [batch, ...].
 * Labels in [0, 1].
 */
export const binaryCrossentropy = defineLoss<BinaryConfig>({
  name: 'binaryCrossentropy',
  labels: 'binary',
  defaults: { fromLogits: false, labelSmoothing: 0, axis: -1 },
  check: ({ labelSmoothing }) =>
    requireWithin(labelSmoothing, [0, 1], 'labelSmoothing', 'binaryCrossentropy'),
  perExample({ fromLogits, labelSmoothing, axis }, y, predictions) {
    const logits = logitsGiven(predictions, 'sigmoid', { fromLogits, where: 'binaryCrossentropy' });
    return mean(crossentropies(smoothed(y, labelSmoothing, 2), predictions, logits), axis);
  },
});

/** The cross-entropy of each output, from its logit where that is known. */
export function crossentropies(y: Tensor, predictions: Tensor, logits: Tensor | undefined): Tensor {
  // softplus(x) - y x is -(y log p + (1 - y) log(1 - p)) for p = sigmoid(x)
  if (logits) return sub(softplus(logits), mul(y, logits));
  const p = clip(predictions, EPSILON, 1 - EPSILON);
  return neg(add(mul(y, log(p)), mul(sub(1, y), log(sub(1, p)))));
}
