import { matmul } from '../../ops/linalg/linalg.ts';
import { add, mul } from '../../ops/math/arithmetic.ts';
import { tanh } from '../../ops/math/math.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { expandDims, swapaxes } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { lookUp } from '../../util/suggest.ts';
import { defineMultiLayer, type OptionsOf } from '../define-layer.ts';
import { requireRate } from '../requirements.ts';
import { ATTENTION_ARGUMENTS, type AttentionLayer, attentionInputs } from './attention-call.ts';
import { weighValues } from './weigh-values.ts';

/** Options of `attention`. */
export interface AttentionConfig {
  /** Multiply scores by a number that is learnt. Default false. */
  readonly useScale: boolean;
  /** `dot` (default): query key^T. `concat`: a learnt number times sum(tanh(query + key)). */
  readonly scoreMode: keyof typeof SCORES;
  /** Part of the scores that is dropped in training. Default 0. */
  readonly dropout: number;
}

interface Weights {
  readonly scale: Tensor | undefined;
  readonly concatWeight: Tensor | undefined;
}

const DEFAULTS = { useScale: false, scoreMode: 'dot', dropout: 0 } as const;

/**
 * softmax(scores) value, where scores say how well each key fits a query (Luong et al. 2015). Inputs [query, value] or
 * [query, value, key]: query [batch, queries, features], value [batch, keys, output], key [batch, keys, features];
 * result [batch, queries, output], with `returnAttentionScores` also scores [batch, queries, keys]. A call takes
 * `useCausalMask` too. As Keras 3.
 */
export const attention = defineMultiLayer({
  type: 'Attention',
  inputs: 'several',
  defaults: DEFAULTS,
  inputDType: 'float',
  supportsMasking: true,
  callArguments: ATTENTION_ARGUMENTS,
  check({ scoreMode, dropout }: AttentionConfig, where) {
    lookUp(SCORES, scoreMode, { where, kind: 'scoreMode' });
    requireRate(dropout, 'dropout', where);
  },
  build: ({ useScale, scoreMode, dropout }: AttentionConfig, _inputs, weights) => ({
    scale: useScale ? weights.add('scale', [], 'ones') : undefined,
    concatWeight: scoreMode === 'concat' ? weights.add('concat_score_weight', [], 'ones') : undefined,
    stream: dropout > 0 ? weights.seedGenerator() : undefined,
  }),
  call(view, inputs, context) {
    const { query, value, key } = attentionInputs(inputs);
    const scores = SCORES[view.config.scoreMode](query, key, view);
    return weighValues(scores, value, context, view);
  },
}) as unknown as (options?: OptionsOf<AttentionConfig, typeof DEFAULTS>) => AttentionLayer;

const SCORES = {
  dot(query: Tensor, key: Tensor, { scale }: Weights): Tensor {
    const scores = matmul(query, swapaxes(key, -2, -1));
    return scale ? mul(scores, scale) : scores;
  },
  concat(query: Tensor, key: Tensor, { scale, concatWeight }: Weights): Tensor {
    const both = sumOfPairs(query, key);
    const scores = sum(tanh(scale ? mul(both, scale) : both), -1);
    return concatWeight ? mul(scores, concatWeight) : scores;
  },
} as const;

/** query + key for every pair: [batch, queries, features] and [batch, keys, features] to [batch, queries, keys, features]. */
export function sumOfPairs(query: Tensor, key: Tensor): Tensor {
  return add(expandDims(query, -2), expandDims(key, -3));
}
