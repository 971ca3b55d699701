import { cast, div, maximum, mul } from '../ops/math/arithmetic.ts';
import { quotientOr0 } from '../ops/math/quotient.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { reshape } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError } from '../util/errors.ts';
import { formatShape, sameShape } from '../util/shapes.ts';

export const REDUCTIONS = ['sumOverBatchSize', 'mean', 'sum', 'meanWithSampleWeight', 'none'] as const;

/**
 * How the losses of the examples become one: their weighted sum over their number (`sumOverBatchSize`, default;
 * `mean` is the same), their weighted sum, that over the sum of the weights, or not at all.
 */
export type Reduction = (typeof REDUCTIONS)[number];

/** What losses count. */
export interface Counted {
  /** Weights of the examples, [batch]. */
  readonly weights?: Tensor | undefined;
  /** Whether losses count at all, of leading axes of the losses. */
  readonly masks?: readonly (Tensor | undefined)[];
}

/**
 * Losses [batch, ...] as one, by the rules of Keras 3: weights multiply, and a mean divides by the number of losses
 * that no mask leaves out.
 */
export function reduceLosses(
  losses: Tensor,
  reduction: Reduction,
  { weights, masks = [] }: Counted,
  where: string,
): Tensor {
  const mask = maskFactor(losses, masks, reduction);
  const weight = weights && alongBatch(weights, losses, where);
  const factor = mask && weight ? mul(mask, weight) : (mask ?? weight);
  const weighted = factor ? mul(losses, factor) : losses;
  if (reduction === 'none' || weighted.rank === 0) return weighted;
  const total = sum(weighted);
  if (reduction === 'sum') return total;
  return reduction === 'meanWithSampleWeight' && factor
    ? quotientOr0(total, sum(factor))
    : div(total, weighted.size);
}

/** 1 or 0 for each loss; in a mean that divides by all, more than 1 in place of those left out. */
function maskFactor(
  losses: Tensor,
  masks: Counted['masks'] & object,
  reduction: Reduction,
): Tensor | undefined {
  const present = masks.filter((mask) => mask !== undefined);
  if (present.length === 0) return undefined;
  const counts = present.map((mask) => alongLeading(cast(mask, losses.dtype), losses.rank)).reduce(mul);
  if (reduction !== 'sumOverBatchSize' && reduction !== 'mean') return counts;
  return mul(counts, div(counts.size, maximum(sum(counts), 1)));
}

/** Weights [batch] shaped to broadcast over [batch, ...]. */
function alongBatch(weights: Tensor, losses: Tensor, where: string): Tensor {
  const batch = losses.shape[0] ?? weights.size;
  if (!sameShape(weights.shape, [batch])) {
    throw new AntlerShapeError({
      where: `${where}, sample weights`,
      expected: `one weight an example, ${formatShape([batch])}`,
      got: formatShape(weights.shape),
    });
  }
  return alongLeading(weights, losses.rank);
}

/** Axes of 1 behind those it has, until the rank is reached. */
function alongLeading(x: Tensor, rank: number): Tensor {
  return x.rank >= rank ? x : reshape(x, [...x.shape, ...new Array<number>(rank - x.rank).fill(1)]);
}
