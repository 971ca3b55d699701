import { add, cast, div, mul, square, sub, where } from '../../ops/math/arithmetic.ts';
import { mean, stopGradient, sum } from '../../ops/reduce/reduce.ts';
import { broadcastTo, expandDims } from '../../ops/shape/shape.ts';
import { sliceAxis } from '../../ops/shape/slicing.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** A batch and its statistics, all of the rank of the batch. */
export interface BatchMoments {
  /** The batch minus a shift near its mean. */
  readonly shifted: Tensor;
  /** Mean of `shifted`. */
  readonly offset: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/**
 * Mean and variance of a batch [batch, ...] over `axes`, the batch axis among them, in one pass over the data.
 *
 * The mean of squares minus the squared mean loses its digits where the mean is large. It keeps them where the
 * data are shifted near their mean first (Chan, Golub and LeVeque 1983), and the result does not depend on the
 * shift, so that it has no gradient of any order. With the mean of the first example as the shift, the relative
 * error of the variance is at most the batch size times that of one rounding, whatever the data: no mean of one
 * example of n is further from the mean of all than sqrt(n - 1) standard deviations. Keras takes two passes.
 */
export function batchMoments(x: Tensor, axes: readonly number[]): BatchMoments {
  const over = { axis: axes, keepDims: true };
  const shift = stopGradient(mean(sliceAxis(x, 0, 0, 1), over));
  const shifted = sub(x, shift);
  const offset = mean(shifted, over);
  const variance = sub(mean(square(shifted), over), square(offset));
  return { shifted, offset, mean: add(shift, offset), variance };
}

/** Added to the number of elements, so that an empty mask divides by no zero. As Keras. */
const EPSILON = 1e-7;

/**
 * The same of the elements alone where a mask [batch, ...], of all axes but the last, is true. In two passes: the
 * first example may be hidden, and there is no other shift at hand.
 */
export function maskedMoments(x: Tensor, axes: readonly number[], mask: Tensor): BatchMoments {
  const over = { axis: axes, keepDims: true };
  const counts = broadcastTo(expandDims(cast(mask, 'bool'), -1), x.shape);
  const count = add(sum(cast(counts, x.dtype), over), EPSILON);
  const average = div(sum(where(counts, x, 0), over), count);
  const variance = div(sum(square(where(counts, sub(x, average), 0)), over), count);
  return { shifted: x, offset: average, mean: average, variance };
}

/** The part `momentum` of an average that moves, and the rest from a new value. */
export function moved(average: Tensor, value: Tensor, momentum: number): Tensor {
  return add(mul(average, momentum), mul(value, 1 - momentum));
}
