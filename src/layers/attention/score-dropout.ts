import { div, where } from '../../ops/math/arithmetic.ts';
import { bernoulli } from '../../random/distributions.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { SeedGenerator } from '../seed-generator.ts';

/** What drops scores: in training a part of them, the others being divided by what remains. */
export function scoreDropout(
  rate: number,
  stream: SeedGenerator | undefined,
  training: boolean,
): (scores: Tensor) => Tensor {
  if (!training || !stream) return (scores) => scores;
  return (scores) => where(bernoulli(stream.next(), 1 - rate, scores.shape), div(scores, 1 - rate), 0);
}
