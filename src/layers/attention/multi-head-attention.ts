import { defineMultiLayer, type OptionsOf } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';
import { type AttentionLayer, attentionInputs } from './attention-call.ts';
import { HEAD_ARGUMENTS, headAttention } from './head-attention.ts';
import { buildHeads, checkHeads, HEAD_DEFAULTS, type HeadOptions } from './head-weights.ts';

/** Options of `multiHeadAttention`. */
export interface MultiHeadAttentionConfig extends HeadOptions {
  readonly numHeads: number;
  /** Features of each head's queries and keys. */
  readonly keyDim: number;
  /** Features of each head's values. Default null, as many as `keyDim`. */
  readonly valueDim: number | null;
  /** What the features of the query become. Default null, as many features as before. */
  readonly outputShape: number | readonly number[] | null;
  /** Axes attended over. Default null, all but those of the batch and the features. */
  readonly attentionAxes: number | readonly number[] | null;
}

const DEFAULTS = { ...HEAD_DEFAULTS, valueDim: null, outputShape: null, attentionAxes: null } as const;

/**
 * Several attentions side by side, each on its own linear map of the inputs; what they give is joined and mapped once
 * more (Vaswani et al. 2017). Inputs [query, value] or [query, value, key]: query [batch, queries, features], value and
 * key [batch, keys, features]; result [batch, queries, output], with `returnAttentionScores` also scores [batch,
 * heads, queries, keys]. A call takes `useCausalMask`, `attentionMask`, `queryMask`, `valueMask` and `keyMask`. As
 * Keras 3.
 */
export const multiHeadAttention = defineMultiLayer({
  type: 'MultiHeadAttention',
  inputs: 'several',
  required: ['numHeads', 'keyDim'],
  defaults: DEFAULTS,
  inputDType: 'float',
  supportsMasking: true,
  callArguments: HEAD_ARGUMENTS,
  check(config: MultiHeadAttentionConfig, where) {
    requireWhole(config.numHeads, 'numHeads', where);
    requireWhole(config.keyDim, 'keyDim', where);
    if (config.valueDim !== null) requireWhole(config.valueDim, 'valueDim', where);
    for (const extent of listOf(config.outputShape) ?? []) requireWhole(extent, 'outputShape', where);
    checkHeads(config, where);
  },
  build: (config: MultiHeadAttentionConfig, inputs, weights) =>
    buildHeads(
      config,
      {
        queryHeads: config.numHeads,
        keyHeads: config.numHeads,
        keyDim: config.keyDim,
        valueDim: config.valueDim ?? config.keyDim,
        outputShape: listOf(config.outputShape),
      },
      attentionInputs(inputs),
      weights,
    ),
  call: (view, inputs, context) =>
    headAttention(view, attentionInputs(inputs), context, listOf(view.config.attentionAxes)),
}) as unknown as (options: OptionsOf<MultiHeadAttentionConfig, typeof DEFAULTS>) => AttentionLayer;

function listOf(value: number | readonly number[] | null): readonly number[] | null {
  return typeof value === 'number' ? [value] : value;
}
