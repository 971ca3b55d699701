import { abs, cast, sub, where } from '../../ops/arithmetic.ts';
import { greaterEqual, less, logicalAnd } from '../../ops/compare.ts';
import { arange } from '../../ops/create.ts';
import { softmax } from '../../ops/nn.ts';
import { reshape } from '../../ops/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Stands for minus infinity among scores; the difference of two of it is a number. As Keras. */
const OUT_OF_REACH = -1e9;

/** Which keys come no later than a query: bool [queries, keys]. */
export function causalMask(queries: number, keys: number): Tensor {
  return greaterEqual(positions(queries, [-1, 1]), positions(keys, [1, -1]));
}

/** Which keys are less than `width` positions from a query, before or behind it: bool [queries, keys]. */
export function slidingWindowMask(queries: number, keys: number, width: number): Tensor {
  return less(abs(sub(positions(queries, [-1, 1]), positions(keys, [1, -1]))), width);
}

function positions(count: number, shape: readonly number[]): Tensor {
  return reshape(arange(0, count, 1, 'int32'), shape);
}

/** Where all masks that there are agree; undefined if there is none. */
export function everyMask(masks: readonly (Tensor | undefined)[]): Tensor | undefined {
  const given = masks.filter((mask) => mask !== undefined).map((mask) => cast(mask, 'bool'));
  return given.length > 0 ? given.reduce(logicalAnd) : undefined;
}

/**
 * Softmax along the last axis over what the mask leaves; 0 elsewhere, and everywhere in a row of which it leaves
 * nothing.
 * @param mask bool, broadcast to the scores
 */
export function maskedSoftmax(scores: Tensor, mask: Tensor | undefined): Tensor {
  if (!mask) return softmax(scores);
  return where(mask, softmax(where(mask, scores, OUT_OF_REACH)), 0);
}
