import { maskOf } from '../layers/masks.ts';
import type { Loss } from '../losses/loss.ts';
import { cast, div, maximum, mul } from '../ops/arithmetic.ts';
import { sum } from '../ops/reduce.ts';
import { reshape } from '../ops/shape.ts';
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
  const mask = maskOf(prediction);
  if (!mask) return loss.apply(labels, prediction, sampleWeight);
  const values = loss.perExample(labels, prediction);
  const counts = cast(mask, values.dtype);
  const weighted = mul(values, alongLeading(counts, values.rank));
  const all = sampleWeight ? mul(weighted, alongLeading(sampleWeight, values.rank)) : weighted;
  const { reduction } = loss.config as { readonly reduction?: string };
  if (reduction === 'none') return all;
  if (reduction === 'sum') return sum(all);
  const perCount = div(mask.size, maximum(sum(counts), 1));
  return div(mul(sum(all), perCount), values.size);
}

/** Axes of 1 behind those it has, until the rank is reached. */
function alongLeading(x: Tensor, rank: number): Tensor {
  return x.rank >= rank ? x : reshape(x, [...x.shape, ...new Array<number>(rank - x.rank).fill(1)]);
}
