import { add, maximum, mul, square, sub, where } from '../ops/math/arithmetic.ts';
import { equal, logicalOr } from '../ops/math/compare.ts';
import { all, max, mean, sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { defineLoss } from './loss.ts';

/** Labels -1 and 1; if all of a batch are 0 or 1, 0 becomes -1. */
function signs(y: Tensor): Tensor {
  const isBinary = all(logicalOr(equal(y, 0), equal(y, 1)));
  return where(isBinary, sub(mul(y, 2), 1), y);
}

/** max(1 - y prediction, 0) for labels -1 and 1. */
const shortfall = (y: Tensor, prediction: Tensor): Tensor => maximum(sub(1, mul(signs(y), prediction)), 0);

/**
 * Mean over the last axis of max(1 - y prediction, 0): [batch, ..., outputs] to [batch, ...]. Labels are -1 and 1,
 * or 0 and 1.
 */
export const hinge = defineLoss({
  name: 'hinge',
  labels: 'values',
  defaults: {},
  perExample: (_config, y, prediction) => mean(shortfall(y, prediction), -1),
});

/** Mean over the last axis of max(1 - y prediction, 0)^2, see `hinge`. */
export const squaredHinge = defineLoss({
  name: 'squaredHinge',
  labels: 'values',
  defaults: {},
  perExample: (_config, y, prediction) => mean(square(shortfall(y, prediction)), -1),
});

/**
 * By how much the score of the class fails to exceed the largest other score by 1: one-hot labels and scores
 * [batch, ..., classes] to [batch, ...].
 */
export const categoricalHinge = defineLoss({
  name: 'categoricalHinge',
  labels: 'oneHot',
  defaults: {},
  perExample(_config, y, scores) {
    const ofClass = sum(mul(y, scores), -1);
    const ofOthers = max(mul(sub(1, y), scores), -1);
    return maximum(add(sub(ofOthers, ofClass), 1), 0);
  },
});
