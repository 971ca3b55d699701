import { AntlerValueError } from '../../util/errors.ts';
import { defineMultiLayer, type OptionsOf } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';
import { type AttentionLayer, attentionInputs } from './attention-call.ts';
import { HEAD_ARGUMENTS, headAttention } from './head-attention.ts';
import { buildHeads, checkHeads, HEAD_DEFAULTS, type HeadOptions } from './head-weights.ts';

/** Options of `groupedQueryAttention`. */
export interface GroupedQueryAttentionConfig extends HeadOptions {
  /** Features of each head. */
  readonly headDim: number;
  readonly numQueryHeads: number;
  /** A divisor of `numQueryHeads`. */
  readonly numKeyValueHeads: number;
}

/**
 * `multiHeadAttention` in which neighbouring heads of the query share one head of key and value (Ainslie et al.
 * 2023). Inputs, result and arguments of a call are the same. As Keras 3.
 */
export const groupedQueryAttention = defineMultiLayer({
  type: 'GroupQueryAttention',
  inputs: 'several',
  required: ['headDim', 'numQueryHeads', 'numKeyValueHeads'],
  defaults: HEAD_DEFAULTS,
  input: '[batch, time, features]',
  inputDType: 'float',
  supportsMasking: true,
  callArguments: HEAD_ARGUMENTS,
  check(config: GroupedQueryAttentionConfig, where) {
    requireWhole(config.headDim, 'headDim', where);
    requireWhole(config.numQueryHeads, 'numQueryHeads', where);
    requireWhole(config.numKeyValueHeads, 'numKeyValueHeads', where);
    checkHeads(config, where);
    if (config.numQueryHeads % config.numKeyValueHeads === 0) return;
    throw new AntlerValueError({
      where,
      expected: 'numQueryHeads, a multiple of numKeyValueHeads',
      got: `${config.numQueryHeads} and ${config.numKeyValueHeads}`,
    });
  },
  build: (config: GroupedQueryAttentionConfig, inputs, weights) =>
    buildHeads(
      config,
      {
        queryHeads: config.numQueryHeads,
        keyHeads: config.numKeyValueHeads,
        keyDim: config.headDim,
        valueDim: config.headDim,
        outputShape: null,
      },
      attentionInputs(inputs),
      weights,
    ),
  call: (view, inputs, context) => headAttention(view, attentionInputs(inputs), context, null),
}) as unknown as (options: OptionsOf<GroupedQueryAttentionConfig, typeof HEAD_DEFAULTS>) => AttentionLayer;
