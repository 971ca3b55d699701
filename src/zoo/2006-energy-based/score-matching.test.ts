import { describe, expect, it } from 'vitest';
import { tensor } from '../../ops/create.ts';
import { add, mul, square, sub } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { normal } from '../../random/distributions.ts';
import { key } from '../../random/keys.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { fitPrecision, gaussianPoints, precisionError } from './gaussian.ts';
import { denoisingScoreMatching, scoreMatching, scoreOf } from './score-matching.ts';

describe('score matching', () => {
  it('gives exactly the inverse covariance of a Gaussian sample', () => {
    expect(precisionError(gaussianPoints(key(1), 200)).itemSync()).toBeLessThan(1e-9);
  });

  it('comes to the precision of the distribution with many points', () => {
    const precision = fitPrecision(gaussianPoints(key(2), 20_000)).dataSync();
    // the inverse of mixing times its transpose, by hand: the last variable has variance 0.25 + 0.09 + 1.44
    expect(at(precision, 8)).toBeCloseTo(1 / 1.44, 1);
  });

  it('is the mean of d psi / dx + psi^2 / 2', () => {
    const x = tensor([[1], [2], [3]]);
    const score = (points: Tensor) => mul(square(points), -1);
    // d psi / dx = -2x, psi^2 / 2 = x^4 / 2
    expect(scoreMatching(score, x).itemSync()).toBeCloseTo((-12 + (1 + 16 + 81) / 2) / 3, 4);
  });

  it('takes the score of an energy, whatever its zero', () => {
    const energy = (points: Tensor) => add(sum(square(sub(points, tensor([1, 2]))), 1), 7);
    expect(scoreOf(energy)(tensor([[2, 4]])).arraySync()).toEqual([[-2, -4]]);
  });
});

describe('denoising score matching', () => {
  it('is least for the density with the noise in it, not for that of the data', () => {
    const [x, noise] = [normal(key(3), [20_000, 1]), normal(key(4), [20_000, 1])];
    const loss = (precision: number) =>
      denoisingScoreMatching((points) => mul(points, -precision), x, noise, 0.5).itemSync();
    const smoothed = 1 / (1 + 0.5 ** 2);
    expect(loss(smoothed)).toBeLessThan(loss(1));
    expect(loss(smoothed)).toBeLessThan(loss(0.65));
  });
});
