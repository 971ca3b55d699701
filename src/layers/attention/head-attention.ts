import { mul } from '../../ops/math/arithmetic.ts';
import { sigmoid } from '../../ops/math/math.ts';
import { reshape } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape, type Shape, sameShape } from '../../util/shapes.ts';
import type { CallContext } from '../call.ts';
import type { LayerView } from '../define-layer.ts';
import { ATTENTION_ARGUMENTS, type AttentionInputs, isSet, maskArgument } from './attention-call.ts';
import { causalMask, everyMask, slidingWindowMask } from './attention-masks.ts';
import { type DotProduct, dotProductAttention } from './dot-product.ts';
import { type HeadLayout, headLayout, joinHeads, splitHeads } from './head-layout.ts';
import { keySequenceMask, pairMask, sequenceMask, timeAxis } from './head-masks.ts';
import type { HeadOptions, HeadWeights } from './head-weights.ts';
import { project } from './projections.ts';
import { scoreDropout } from './score-dropout.ts';

/** Names of what a call of a layer with heads takes beside `training` and `mask`. Masks are bool. */
export const HEAD_ARGUMENTS = [
  ...ATTENTION_ARGUMENTS,
  /** Pairs of query and key that count: [batch, queries, keys] or [batch, heads, queries, keys], broadcast. */
  'attentionMask',
  /** Positions that count, [batch, positions]; each instead of its part of `mask`. */
  'queryMask',
  'valueMask',
  'keyMask',
] as const;

/**
 * Attention of several heads: query [batch, ..., features], value and key of the same axes, to [batch, ...,
 * ...output]. A query that sees no key takes nothing from the values.
 */
export function headAttention(
  view: LayerView<HeadOptions, HeadWeights>,
  inputs: AttentionInputs<Tensor>,
  context: CallContext,
  axes: readonly number[] | null,
): Tensor | readonly [Tensor, Tensor] {
  const { config, queryKernel, keyKernel, valueKernel, outputKernel } = view;
  const layout = headLayout(inputs.query.rank, axes);
  requireAlike(inputs, layout);
  const heads = at(queryKernel.shape, 1);
  const scale = 1 / Math.sqrt(at(queryKernel.shape, 2));
  const query = project(inputs.query, { kernel: queryKernel, bias: view.queryBias }, 1);
  const key = project(inputs.key, { kernel: keyKernel, bias: view.keyBias }, 1);
  const value = project(inputs.value, { kernel: valueKernel, bias: view.valueBias }, 1);
  const { output, scores } = dotProductAttention({
    query: splitHeads(mul(query, scale), layout),
    key: splitHeads(key, layout),
    value: splitHeads(value, layout),
    ...headMask(inputs, { heads, layout, window: config.slidingWindow }, context),
    drop: scoreDropout(config.dropout, view.stream, context.training),
  });
  const leading = inputs.query.shape.slice(0, -1);
  const joined = joinHeads(output, leading, heads, layout);
  const gated = view.gateKernel
    ? mul(joined, sigmoid(project(inputs.query, { kernel: view.gateKernel, bias: view.gateBias }, 1)))
    : joined;
  const result = project(gated, { kernel: outputKernel, bias: view.outputBias }, 2);
  if (!isSet(context, 'returnAttentionScores')) return result;
  return [result, reshape(scores, scoresShape(inputs, heads, layout))];
}

/** [...batch, heads, ...queries, ...keys]. */
function scoresShape({ query, key }: AttentionInputs<Tensor>, heads: number, layout: HeadLayout): Shape {
  const along = (x: Tensor, axes: readonly number[]) => axes.map((axis) => at(x.shape, axis));
  const { batch, attended } = layout;
  return [...along(query, batch), heads, ...along(query, attended), ...along(key, attended)];
}

interface MaskedHeads {
  readonly heads: number;
  readonly layout: HeadLayout;
  readonly window: number | null;
}

function headMask(
  inputs: AttentionInputs<Tensor>,
  { heads, layout, window }: MaskedHeads,
  context: CallContext,
): Pick<DotProduct, 'mask' | 'mayHideAll'> {
  const { query, value, key } = inputs;
  const [ofQuery, ofValue, ofKey] = ['queryMask', 'valueMask', 'keyMask'].map(
    (name, i) => maskArgument(context, name) ?? context.masks[i],
  );
  const pairs = maskArgument(context, 'attentionMask');
  const leading = (x: Tensor) => x.shape.slice(0, -1);
  const extents = (option: string) =>
    [query, key].map((x) => at(x.shape, timeAxis(layout, option))) as [number, number];
  const causal = isSet(context, 'useCausalMask') ? causalMask(...extents('useCausalMask')) : undefined;
  const others = [
    ofQuery && sequenceMask(ofQuery, leading(query), heads, layout),
    ofValue && keySequenceMask(ofValue, leading(value), heads, layout),
    ofKey && keySequenceMask(ofKey, leading(key), heads, layout),
    window === null ? undefined : slidingWindowMask(...extents('slidingWindow'), window),
    pairs && pairMask(pairs, scoresShape(inputs, heads, layout), layout),
  ];
  return {
    mask: everyMask([causal, ...others]),
    // every query sees the first key, if only the future is hidden
    mayHideAll: others.some((mask) => mask !== undefined),
  };
}

/** @throws AntlerShapeError unless value and key have the same positions, and the batch axes of the query */
function requireAlike({ query, value, key }: AttentionInputs<Tensor>, { batch }: HeadLayout): void {
  const inBatch = (x: Tensor) => batch.map((axis) => x.shape[axis]);
  const isAlike = value.rank === query.rank && key.rank === query.rank;
  if (isAlike && sameShape(key.shape.slice(0, -1), value.shape.slice(0, -1))) {
    if (inBatch(query).every((extent, i) => extent === inBatch(value)[i])) return;
  }
  throw new AntlerShapeError({
    where: 'input',
    expected: 'value and key with the batch axes of the query and, but for features, of one shape',
    got: [query, value, key].map(({ shape }) => formatShape(shape)).join(', '),
  });
}
