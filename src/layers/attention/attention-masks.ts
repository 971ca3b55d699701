import { tri } from '../../ops/create.ts';
import { cast, where } from '../../ops/math/arithmetic.ts';
import { logicalAnd, logicalNot } from '../../ops/math/compare.ts';
import { softmax } from '../../ops/nn/nn.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Stands for minus infinity among scores; the difference of two of it is a number. As Keras. */
const OUT_OF_REACH = -1e9;

/** Which keys come no later than a query: bool [queries, keys]. */
export function causalMask(queries: number, keys: number): Tensor {
  return tri(queries, keys, 0, 'bool');
}

/** Which keys are less than `width` positions from a query, before or behind it: bool [queries, keys]. */
export function slidingWindowMask(queries: number, keys: number, width: number): Tensor {
  return logicalAnd(tri(queries, keys, width - 1, 'bool'), logicalNot(tri(queries, keys, -width, 'bool')));
}

/** Where all masks that there are agree; undefined if there is none. */
export function everyMask(masks: readonly (Tensor | undefined)[]): Tensor | undefined {
  const given = masks.filter((mask) => mask !== undefined).map((mask) => cast(mask, 'bool'));
  return given.length > 0 ? given.reduce(logicalAnd) : undefined;
}

/** Softmax along the last axis over what the mask leaves. @param mask bool, broadcast to the scores */
export function maskedSoftmax(scores: Tensor, mask: Tensor | undefined): Tensor {
  return softmax(mask ? where(mask, scores, OUT_OF_REACH) : scores);
}
