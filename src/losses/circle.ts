import { eye } from '../ops/create.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { add, maximum, mul, sub, where } from '../ops/math/arithmetic.ts';
import { equal, greater, logicalAnd, logicalNot } from '../ops/math/compare.ts';
import { softplus } from '../ops/nn/nn.ts';
import { logsumexp } from '../ops/reduce/reduce.ts';
import { expandDims, transpose } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { defineLoss } from './loss.ts';

interface CircleConfig {
  /** Scale of the similarities. Default 80. */
  readonly gamma: number;
  /** How far similarities may stay from their best. Default 0.4. */
  readonly margin: number;
  /** Leave out the pair of an example and itself. Default true. */
  readonly removeDiagonal: boolean;
}

/** Stands for the logarithm of 0; finite, so that an example without partners has a slope of 0 instead of NaN. */
const LOG_OF_NOTHING = -1e9;

/** Which pairs of examples are of the same group, and which of different groups: bool [batch, batch]. */
function pairs(groups: Tensor, removeDiagonal: boolean): { same: Tensor; different: Tensor } {
  const isSame = equal(expandDims(groups, 1), expandDims(groups, 0));
  const isOther = logicalNot(eye(groups.size, groups.size, 'bool'));
  return {
    same: removeDiagonal ? logicalAnd(isSame, isOther) : isSame,
    different: logicalNot(isSame),
  };
}

/**
 * Circle loss over all pairs of a batch (Sun 2020): embeddings [batch, features] of length 1 and groups [batch], to
 * [batch]. Examples whose loss is 0 do not count in the mean, as in Keras 3.
 */
export const circle = defineLoss<CircleConfig>({
  name: 'circle',
  labels: 'groups',
  defaults: { gamma: 80, margin: 0.4, removeDiagonal: true },
  perExample({ gamma, margin, removeDiagonal }, groups, embeddings) {
    const distance = maximum(sub(1, matmul(embeddings, transpose(embeddings))), 0);
    const { same, different } = pairs(groups, removeDiagonal);
    const pull = mul(maximum(add(distance, margin), 0), sub(distance, margin));
    const push = mul(maximum(sub(1 + margin, distance), 0), sub(1 - margin, distance));
    const total = (isPair: Tensor, terms: Tensor) =>
      logsumexp(where(isPair, mul(terms, gamma), LOG_OF_NOTHING), 1);
    return softplus(add(total(same, pull), total(different, push)));
  },
  mask: (_config, _groups, losses) => greater(losses, 0),
});
