import { mul } from '../../ops/math/arithmetic.ts';
import { tanh } from '../../ops/math/math.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { lastAxis } from '../batch-shape.ts';
import { defineMultiLayer, type OptionsOf } from '../define-layer.ts';
import { requireRate } from '../requirements.ts';
import { sumOfPairs } from './attention.ts';
import { ATTENTION_ARGUMENTS, type AttentionLayer, attentionInputs } from './attention-call.ts';
import { weighValues } from './weigh-values.ts';

/** Options of `additiveAttention`. */
export interface AdditiveAttentionConfig {
  /** Weigh features by numbers that are learnt. Default true. */
  readonly useScale: boolean;
  /** Part of the scores that is dropped in training. Default 0. */
  readonly dropout: number;
}

const DEFAULTS = { useScale: true, dropout: 0 } as const;

/**
 * `attention` with the scores sum(scale tanh(query + key)) (Bahdanau et al. 2015). Inputs, result and arguments of a
 * call are the same. As Keras 3.
 */
export const additiveAttention = defineMultiLayer({
  type: 'AdditiveAttention',
  inputs: 'several',
  defaults: DEFAULTS,
  inputDType: 'float',
  supportsMasking: true,
  callArguments: ATTENTION_ARGUMENTS,
  check({ dropout }: AdditiveAttentionConfig, where) {
    requireRate(dropout, 'dropout', where);
  },
  build: ({ useScale, dropout }: AdditiveAttentionConfig, inputs, weights) => ({
    scale: useScale
      ? weights.add('scale', [lastAxis(attentionInputs(inputs).query)], 'glorotUniform')
      : undefined,
    stream: dropout > 0 ? weights.seedGenerator() : undefined,
  }),
  call(view, inputs, context) {
    const { query, value, key } = attentionInputs(inputs);
    const fit = tanh(sumOfPairs(query, key));
    const scores = sum(view.scale ? mul(fit, view.scale) : fit, -1);
    return weighValues(scores, value, context, view);
  },
}) as unknown as (options?: OptionsOf<AdditiveAttentionConfig, typeof DEFAULTS>) => AttentionLayer;
