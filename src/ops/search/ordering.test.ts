import { describe, expect, it } from 'vitest';
import { grad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerTypeError, AntlerValueError } from '../../util/errors.ts';
import { tensor } from '../create.ts';
import { putAlongAxis, takeAlongAxis } from '../index/along-axis.ts';
import { gatherNd, scatter, scatterUpdate } from '../index/scatter.ts';
import { mul } from '../math/arithmetic.ts';
import { nanToNum } from '../math/close.ts';
import { logaddexp } from '../math/logarithms.ts';
import { leftShift } from '../math/shifts.ts';
import { acos, asin, hypot } from '../math/trigonometry.ts';
import { bincount, histogram } from '../reduce/counting.ts';
import { cummax, cummin, cumprod, cumsum, logcumsumexp } from '../reduce/cumulative.ts';
import { median } from '../reduce/quantile.ts';
import { sum } from '../reduce/reduce.ts';
import { segmentMax, segmentMean } from '../reduce/segments.ts';
import { searchsorted } from './searching.ts';
import { sort, topK } from './sort.ts';

const STEP = 1e-5;

/** Compares a gradient with central differences, element by element. */
function check(f: (x: Tensor) => Tensor, values: readonly number[], shape: readonly number[]): void {
  const total = jit((x: Tensor) => sum(mul(f(x), f(x))));
  const at = (data: readonly number[]) => total(tensor([...data], shape, 'float64')).itemSync();
  const slopes = grad((x: Tensor) => sum(mul(f(x), f(x))))(tensor([...values], shape, 'float64')).dataSync();
  values.forEach((x, i) => {
    const difference = (at(values.with(i, x + STEP)) - at(values.with(i, x - STEP))) / (2 * STEP);
    expect(slopes[i], `element ${i}`).toBeCloseTo(difference, 5);
  });
}

const six = [0.3, -1.2, 0.8, 1.7, -0.4, 2.1];

describe('gradients through order and places', () => {
  it.each<[string, (x: Tensor) => Tensor]>([
    ['cumsum', (x) => cumsum(x, { axis: 1, reverse: true, exclusive: true })],
    ['cumprod', (x) => cumprod(x, 1)],
    ['cummax', (x) => cummax(x, 1)],
    ['cummin', (x) => cummin(x, { axis: 0, reverse: true })],
    ['logcumsumexp', (x) => logcumsumexp(x, 1)],
    ['sort', (x) => mul(sort(x), [1, 2, 3])],
    ['topK', (x) => topK(x, 2).values],
    ['median', (x) => median(x, { axis: 0 })],
    ['takeAlongAxis', (x) => takeAlongAxis(x, tensor([[1, 1, 0, -1]], 'int32'), 1)],
    [
      'putAlongAxis',
      (x) => putAlongAxis(x, tensor([[1], [2]], 'int32'), sum(mul(x, x), { axis: 1, keepDims: true }), 1),
    ],
    ['gatherNd', (x) => gatherNd(x, tensor([[1], [0], [1]], 'int32'))],
    [
      'scatterUpdate',
      (x) => scatterUpdate(mul(x, 2), tensor([[1]], 'int32'), takeAlongAxis(x, [[1, 1, 1]], 0)),
    ],
    ['scatter', (x) => scatter(tensor([[2], [2]], 'int32'), x, [4, 3])],
    ['segmentMean', (x) => segmentMean(x, tensor([1, 1], 'int32'), 3)],
    ['logaddexp', (x) => logaddexp(x, mul(x, x))],
    ['hypot', (x) => hypot(x, mul(x, x))],
    ['asin', (x) => asin(mul(x, 0.3))],
    ['acos', (x) => acos(mul(x, 0.3))],
    ['nanToNum', (x) => nanToNum(x)],
  ])('%s', (_name, f) => {
    check(f, six, [2, 3]);
  });

  it('cumprod of zeros', () => {
    check((x) => cumprod(x, 0), [0.5, 0, 2, 0, 3], [5]);
  });

  it('segmentMax shares ties', () => {
    const slope = grad((x: Tensor) => sum(segmentMax(x, tensor([0, 0, 1], 'int32'), 2)));
    expect(slope(tensor([2, 2, 1])).arraySync()).toEqual([0.5, 0.5, 1]);
  });

  it('logaddexp of equals to the second order', () => {
    const slope = grad((x: Tensor) => logaddexp(x, 0));
    expect(slope(tensor(0, 'float64')).itemSync()).toBe(0.5);
    expect(grad(slope)(tensor(0, 'float64')).itemSync()).toBeCloseTo(0.25, 12);
  });
});

describe('indices outside', () => {
  const far = tensor([[7], [-9]], 'int32');

  it('give NaN where they are read, and 0 for integers', () => {
    expect(
      takeAlongAxis(
        [
          [1, 2],
          [3, 4],
        ],
        far,
        1,
      ).arraySync(),
    ).toEqual([[NaN], [NaN]]);
    expect(gatherNd(tensor([5, 6], 'int32'), far).arraySync()).toEqual([0, 0]);
  });

  it('are dropped where they are written', () => {
    expect(
      putAlongAxis(
        [
          [1, 2],
          [3, 4],
        ],
        far,
        9,
        1,
      ).arraySync(),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(scatterUpdate([1, 2], far, 9).arraySync()).toEqual([1, 2]);
  });

  it('are an error among plain numbers', () => {
    expect(() => takeAlongAxis([1, 2], [5], 0)).toThrow(AntlerValueError);
  });
});

describe('mistakes have messages', () => {
  it.each<[string, () => unknown, abstract new (...args: never) => Error]>([
    ['takeAlongAxis of another rank', () => takeAlongAxis([[1, 2]], [0], 0), AntlerShapeError],
    ['putAlongAxis of unfit values', () => putAlongAxis([1, 2], [0], [1, 2], 0), AntlerShapeError],
    ['topK of too many', () => topK([1, 2], 3), AntlerValueError],
    ['sort of a scalar', () => sort(3), AntlerValueError],
    ['searchsorted in a matrix', () => searchsorted([[1, 2]], 1), AntlerShapeError],
    ['bincount of floats', () => bincount(tensor([1.5]), { length: 2 }), AntlerTypeError],
    ['histogram without bins', () => histogram([1], { bins: 0 }), AntlerValueError],
    ['leftShift of floats', () => leftShift(tensor([1.5]), 1), AntlerTypeError],
    ['gatherNd of long tuples', () => gatherNd([1, 2], tensor([[0, 0]], 'int32')), AntlerShapeError],
    ['scatterUpdate of unfit values', () => scatterUpdate([1, 2], [[0]], [1, 2]), AntlerShapeError],
  ])('%s', (_name, call, kind) => {
    expect(call).toThrow(kind);
  });
});
