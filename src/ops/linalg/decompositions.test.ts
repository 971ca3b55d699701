import { describe, expect, it } from 'vitest';
import { grad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError } from '../../util/errors.ts';
import { eye, ones, tensor, zeros } from '../create.ts';
import { add, mul, square } from '../math/arithmetic.ts';
import { allclose } from '../math/close.ts';
import { sum } from '../reduce/reduce.ts';
import { expandDims, swapaxes } from '../shape/shape.ts';
import { cholesky, eigh, qr, svd } from './decompositions.ts';
import { diag } from './diagonals.ts';
import { matmul } from './linalg.ts';
import { det, inv, pinv, slogdet, solve, solveTriangular } from './solving.ts';

const STEP = 1e-5;

/** Numbers without a pattern, the same in every run. */
function numbers(size: number): number[] {
  return Array.from({ length: size }, (_, i) => Math.sin(7 * i + 1) + Math.cos(3 * i * i));
}

function matrix(...shape: number[]): Tensor {
  return tensor(numbers(shape.reduce((a, b) => a * b, 1)), shape, 'float64');
}

const transposed = (x: Tensor) => swapaxes(x, -1, -2);

function expectClose(a: Tensor, b: Tensor): void {
  expect(a.shape).toEqual(b.shape);
  expect(allclose(a, b, { rtol: 1e-10, atol: 1e-10 }).itemSync()).toBe(1);
}

describe('eigh', () => {
  it.each([
    [4, 4],
    [3, 6, 6],
    [20, 20],
  ])('takes symmetric matrices [%s, %s, %s] apart', (...shape) => {
    const x = matrix(...shape.filter((n) => n !== undefined));
    const symmetric = mul(add(x, transposed(x)), 0.5);
    const { values, vectors } = eigh(symmetric);
    expectClose(matmul(mul(vectors, expandDims(values, -2)), transposed(vectors)), symmetric);
    expectClose(
      matmul(transposed(vectors), vectors),
      mul(eye(shape.at(-1) ?? 0, undefined, 'float64'), ones(vectors.shape, 'float64')),
    );
  });

  it('gives the values in order, and their gradient where they are equal', () => {
    const x = diag(tensor([3, 1, 2], 'float64'));
    expect(eigh(x).values.arraySync()).toEqual([1, 2, 3]);
    const slope = grad((y: Tensor) => sum(square(eigh(y).values)));
    expect(slope(eye(3, 3, 'float64')).arraySync()).toEqual(mul(2, eye(3)).arraySync());
  });
});

describe('svd', () => {
  it.each([
    [4, 4],
    [6, 3],
    [3, 6],
    [25, 12],
  ])('takes matrices [%i, %i] apart', (m, n) => {
    const x = matrix(m, n);
    const { u, s, vh } = svd(x);
    expectClose(matmul(mul(u, expandDims(s, -2)), vh), x);
    expectClose(matmul(transposed(u), u), eye(Math.min(m, n), undefined, 'float64'));
    const list = [...s.dataSync()];
    expect(list).toEqual(list.toSorted((a, b) => b - a));
  });

  it('finds small singular values to their last digits', () => {
    const x = tensor(
      [
        [1, 1],
        [0, 1e-20],
      ],
      'float64',
    );
    expect(svd(x).s.dataSync()[1]).toBeCloseTo(1e-20 / Math.SQRT2, 35);
  });
});

describe('gradients', () => {
  it.each<[string, (x: Tensor) => Tensor]>([
    ['solve', (x) => solve(x, matrix(3, 2))],
    ['inv', inv],
    ['det', det],
    ['slogdet', (x) => slogdet(x).logabsdet],
    ['pinv', (x) => pinv(x)],
    ['solveTriangular', (x) => solveTriangular(x, matrix(3))],
    ['qr of wide matrices', (x) => qr(matmul(x, matrix(3, 5))).r],
    ['singular values of wide matrices', (x) => svd(matmul(x, matrix(3, 4))).s],
    ['cholesky', (x) => cholesky(matmul(x, transposed(x)))],
  ])('%s', (_name, f) => {
    const base = [3, 0.2, -0.4, 0.5, 2, 0.3, -0.1, 0.7, 4];
    const total = jit((x: Tensor) => sum(square(f(x))));
    const at = (data: readonly number[]) => total(tensor([...data], [3, 3], 'float64')).itemSync();
    const slopes = grad((x: Tensor) => sum(square(f(x))))(tensor(base, [3, 3], 'float64')).dataSync();
    base.forEach((x, i) => {
      const difference = (at(base.with(i, x + STEP)) - at(base.with(i, x - STEP))) / (2 * STEP);
      expect(Math.abs((slopes[i] ?? Number.NaN) - difference)).toBeLessThan(
        1e-6 * Math.max(1, Math.abs(difference)),
      );
    });
  });
});

describe('matrices that do not fit', () => {
  it.each<[string, () => unknown]>([
    ['cholesky', () => cholesky(zeros([2, 3]))],
    ['qr', () => qr(zeros([3]))],
    ['solve', () => solve(zeros([2, 2]), zeros([3]))],
    ['inv', () => inv(zeros([2]))],
    ['diag', () => diag(zeros([1, 1, 1]))],
  ])('%s', (_name, call) => {
    expect(call).toThrow(AntlerShapeError);
  });

  it('give NaN where there is no factor', () => {
    expect(
      cholesky([
        [1, 2],
        [2, 1],
      ]).arraySync(),
    ).toEqual([
      [1, 0],
      [2, NaN],
    ]);
  });
});
