import { add, mul, square, sub } from '../../ops/arithmetic.ts';
import { mean, stopGradient } from '../../ops/reduce.ts';
import { sliceAxis } from '../../ops/slicing.ts';
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

/** The part `momentum` of an average that moves, and the rest from a new value. */
export function moved(average: Tensor, value: Tensor, momentum: number): Tensor {
  return add(mul(average, momentum), mul(value, 1 - momentum));
}
