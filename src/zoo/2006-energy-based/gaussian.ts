import { tensor, zeros } from '../../ops/create.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { inv, solve } from '../../ops/linalg/solving.ts';
import { abs, add, div, neg, sub } from '../../ops/math/arithmetic.ts';
import { max, mean } from '../../ops/reduce/reduce.ts';
import { reshape, transpose } from '../../ops/shape/shape.ts';
import { slice } from '../../ops/shape/slicing.ts';
import { normal } from '../../random/distributions.ts';
import { grad } from '../../tensor/gradient.ts';
import { hessian } from '../../tensor/jacobian.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { scoreMatching } from './score-matching.ts';

/** Lower triangle of the mixing of the test's Gaussian: x = mixing n + mean. */
const MIXING = [
  [1, 0, 0],
  [0.8, 0.7, 0],
  [-0.5, 0.3, 1.2],
];
const MEAN = [0.5, -1, 2];

/** Correlated points in three dimensions, [count, 3], in double precision. */
export function gaussianPoints(key: Tensor, count: number): Tensor {
  const noise = normal(key, [count, MEAN.length], { dtype: 'float64' });
  const mixing = tensor(MIXING.flat(), [MEAN.length, MEAN.length], 'float64');
  return add(matmul(noise, transpose(mixing)), tensor(MEAN, 'float64'));
}

/**
 * The precision of the Gaussian psi(x) = b - x L whose score matches the points best. The objective is a parabola in L and b,
 * so that one step of Newton's method ends at the minimum; neither Z nor the covariance appears.
 * @param x [count, dimensions], float64
 * @returns L, [dimensions, dimensions]
 */
export function fitPrecision(x: Tensor): Tensor {
  const dimensions = at(x.shape, 1);
  const loss = (parameters: Tensor) => {
    const precision = reshape(slice(parameters, [0], [dimensions ** 2]), [dimensions, dimensions]);
    const product = slice(parameters, [dimensions ** 2], [dimensions]);
    return scoreMatching((points) => sub(product, matmul(points, precision)), x);
  };
  const start = zeros([dimensions ** 2 + dimensions], 'float64');
  const minimum = neg(solve(hessian(loss)(start), grad(loss)(start)));
  return reshape(slice(minimum, [0], [dimensions ** 2]), [dimensions, dimensions]);
}

/** The largest difference between what score matching finds and the inverse of the points' own covariance. */
export function precisionError(x: Tensor): Tensor {
  const centred = sub(x, mean(x, 0));
  const covariance = div(matmul(transpose(centred), centred), at(x.shape, 0));
  return max(abs(sub(fitPrecision(x), inv(covariance))));
}
