import { describe, expect, it } from 'vitest';
import { arange } from '../ops/create.ts';
import { mul } from '../ops/math/arithmetic.ts';
import { mean, sum, variance } from '../ops/reduce/reduce.ts';
import { sort } from '../ops/search/sort.ts';
import { grad } from '../tensor/gradient.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { beta, gamma, key, permutation, poisson } from './index.ts';

const COUNT = 20_000;
const shape = [COUNT];

/** Mean and variance against the exact ones, five standard errors apart at most. */
function expectMoments(x: Tensor, expectedMean: number, expectedVariance: number): void {
  const error = Math.sqrt(expectedVariance / COUNT);
  expect(Math.abs(mean(x).itemSync() - expectedMean)).toBeLessThan(5 * error);
  expect(variance(x).itemSync() / expectedVariance).toBeCloseTo(1, 0.7);
}

describe('gamma', () => {
  it.each([0.3, 1, 2.5, 40])('has mean and variance alpha = %f', (alpha) => {
    expectMoments(gamma(key(1), alpha, { shape }), alpha, alpha);
  });

  it('is the same whenever it is compiled, and in double precision close', () => {
    const [a, b] = [
      gamma(key(3), 2, { shape: [8] }),
      jit((k: Tensor) => gamma(k, 2, { shape: [8] }))(key(3)),
    ];
    expect(a.arraySync()).toEqual(b.arraySync());
  });

  it('is NaN without a valid parameter, and has no gradient', () => {
    expect(gamma(key(0), [-1, 0, Infinity, NaN]).arraySync()).toEqual([NaN, NaN, NaN, NaN]);
    expect(
      grad((a: Tensor) => sum(mul(gamma(key(0), a, { shape: [3] }), a)))(mul(2, 1)).itemSync(),
    ).toBeGreaterThan(0);
  });

  it('wants parameters that broadcast', () => {
    expect(() => gamma(key(0), [1, 2, 3], { shape: [2] })).toThrow(AntlerShapeError);
  });
});

describe('beta', () => {
  it('has its mean and variance', () => {
    expectMoments(beta(key(5), 2, 3, { shape }), 0.4, 0.04);
  });
});

describe('poisson', () => {
  it.each([0.5, 7])('has mean and variance %f', (rate) => {
    expectMoments(mul(poisson(key(2), rate, { shape }), 1), rate, rate);
  });

  it('counts nothing without a rate', () => {
    expect(poisson(key(2), [0, -1]).arraySync()).toEqual([0, 0]);
  });
});

describe('permutation', () => {
  it('keeps all elements and shuffles them', () => {
    const order = permutation(key(9), 50);
    expect(sort(order).arraySync()).toEqual(arange(50).arraySync());
    expect(order.arraySync()).not.toEqual(arange(50).arraySync());
  });

  it('moves whole slices, and gradients with them', () => {
    const rows = permutation(key(4), [
      [1, 1],
      [2, 2],
      [3, 3],
    ]).arraySync() as number[][];
    expect(rows.every(([a, b]) => a === b)).toBe(true);
    const slope = grad((x: Tensor) => sum(mul(permutation(key(4), x, 1), [[1, 2, 3]])));
    expect(sort(slope(mul([[0, 0, 0]], 1))).arraySync()).toEqual([[1, 2, 3]]);
  });

  it('is every order about equally often', () => {
    const counts = new Map<string, number>();
    const draw = jit((k: Tensor) => permutation(k, 3));
    for (let seed = 0; seed < 1200; seed++) {
      const order = draw(key(seed)).dataSync().join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(65);
  });

  it('wants a length', () => {
    expect(() => permutation(key(0), 1.5)).toThrow(AntlerValueError);
  });
});
