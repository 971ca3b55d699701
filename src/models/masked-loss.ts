import { maskOf } from '../layers/masks.ts';
import type { Loss } from '../losses/loss.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * The loss of a prediction; steps that its mask leaves out do not count, and a mean is that of the others. As
 * Keras 3.
 * @param sampleWeight of the examples, [batch]
 */
export function maskedLoss(
  loss: Loss,
  labels: Tensor,
  prediction: Tensor,
  sampleWeight: Tensor | undefined,
): Tensor {
  return loss.apply(labels, prediction, sampleWeight, maskOf(prediction));
}
