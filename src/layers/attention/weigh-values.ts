import { matmul } from '../../ops/linalg/linalg.ts';
import { cast, sub, where } from '../../ops/math/arithmetic.ts';
import { softmax } from '../../ops/nn/nn.ts';
import { expandDims } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { CallContext } from '../call.ts';
import type { SeedGenerator } from '../seed-generator.ts';
import { isSet } from './attention-call.ts';
import { causalMask, everyMask } from './attention-masks.ts';
import { scoreDropout } from './score-dropout.ts';

/** What is taken from scores that are masked. As Keras. */
const PENALTY = 1e9;

interface ScoredLayer {
  readonly config: { readonly dropout: number };
  readonly stream: SeedGenerator | undefined;
}

/**
 * softmax(scores) value under the masks of a call: scores [batch, queries, keys], value [batch, keys, output]. Queries
 * that do not count give 0.
 */
export function weighValues(
  scores: Tensor,
  value: Tensor,
  context: CallContext,
  { config, stream }: ScoredLayer,
): Tensor | readonly [Tensor, Tensor] {
  const [ofQuery, ofValue] = context.masks;
  const visible = everyMask([
    ofValue && expandDims(ofValue, -2),
    isSet(context, 'useCausalMask') ? causalMask(at(scores.shape, -2), at(scores.shape, -1)) : undefined,
  ]);
  const weights = softmax(visible ? where(visible, scores, sub(scores, PENALTY)) : scores);
  const taken = matmul(scoreDropout(config.dropout, stream, context.training)(weights), value);
  const output = ofQuery ? where(expandDims(cast(ofQuery, 'bool'), -1), taken, 0) : taken;
  return isSet(context, 'returnAttentionScores') ? [output, weights] : output;
}
