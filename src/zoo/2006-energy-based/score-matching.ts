import { take } from '../../ops/index/take.ts';
import { add, div, mul, neg, square, sub } from '../../ops/math/arithmetic.ts';
import { mean, sum } from '../../ops/reduce/reduce.ts';
import { stack } from '../../ops/shape/shape.ts';
import { grad } from '../../tensor/gradient.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Energy } from './density.ts';

/** The direction in which a density grows, psi = grad log p: [count, dimensions] to the same shape. */
export type Score = (x: Tensor) => Tensor;

/** psi = -grad E, which knows nothing of log Z. */
export function scoreOf(energy: Energy): Score {
  return (x) => neg(grad((points: Tensor) => sum(energy(points)))(x));
}

/** E[sum_i d psi_i / d x_i + psi_i^2 / 2], least for the score of the density that x was drawn from. Hyvärinen 2005. */
export function scoreMatching(score: Score, x: Tensor): Tensor {
  const dimensions = at(x.shape, 1);
  const slopes = Array.from({ length: dimensions }, (_, i) =>
    take(grad((points: Tensor) => sum(take(score(points), i, 1)))(x), i, 1),
  );
  const norms = mul(sum(square(score(x)), 1), 0.5);
  return mean(add(sum(stack(slopes), 0), norms));
}

/**
 * sigma^2 E|psi(y) - (x - y) / sigma^2|^2 / 2 for y = x + sigma noise: no second derivatives, but what is learnt is the
 * density of y, which is smoother than that of x. Vincent 2011; the factor sigma^2 is ours, it keeps the loss near 1.
 * @param noise standard normal, of the shape of x
 */
export function denoisingScoreMatching(score: Score, x: Tensor, noise: Tensor, sigma: number): Tensor {
  const noisy = add(x, mul(noise, sigma));
  const target = div(sub(x, noisy), sigma ** 2);
  return mul(mean(sum(square(sub(score(noisy), target)), 1)), sigma ** 2 / 2);
}
