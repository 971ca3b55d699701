import { describe, expect, it } from 'vitest';
import { gradients } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { tensor, zeros } from '../create.ts';
import { mul } from '../math/arithmetic.ts';
import { sum } from '../reduce/reduce.ts';
import { affineTransform, type FillMode } from './affine-transform.ts';

const picture = tensor(
  [
    [[1], [2], [4]],
    [[3], [-1], [5]],
  ],
  undefined,
  'float64',
);
const turn = [0.8, -0.5, 0.3, 0.4, 0.9, -0.2, 0, 0];
const weights = tensor(
  [
    [[2], [-1], [3]],
    [[1], [4], [-2]],
  ],
  undefined,
  'float64',
);

const total = (image: Tensor, transform: Tensor) =>
  sum(mul(affineTransform(image, transform, { fillMode: 'reflect' }), weights));

describe('affineTransform', () => {
  it('leaves a picture alone, and moves it', () => {
    const move = (dx: number, fillMode: FillMode) =>
      affineTransform([[[1], [2], [3]]], [1, 0, dx, 0, 1, 0, 0, 0], { fillMode }).arraySync();
    expect(move(0, 'constant')).toEqual([[[1], [2], [3]]]);
    expect(move(1, 'constant')).toEqual([[[2], [3], [0]]]);
    expect(move(1, 'nearest')).toEqual([[[2], [3], [3]]]);
    expect(move(1, 'wrap')).toEqual([[[2], [3], [1]]]);
    expect(move(2, 'mirror')).toEqual([[[3], [2], [1]]]);
    expect(move(2, 'reflect')).toEqual([[[3], [3], [2]]]);
  });

  it('has the gradients of its picture and its transform', () => {
    const at = tensor(turn, [8], 'float64');
    const slopes = gradients(total(picture, at), [picture, at]).map((slope) => slope.dataSync());
    const step = 1e-6;
    const moved = (values: ArrayLike<number>, i: number, by: number) =>
      Array.from(values, (value, j) => (i === j ? value + by : value));
    const pixels = picture.dataSync();
    const image = (i: number, by: number) =>
      total(tensor(moved(pixels, i, by), picture.shape, 'float64'), at).itemSync();
    const matrix = (i: number, by: number) =>
      total(picture, tensor(moved(turn, i, by), [8], 'float64')).itemSync();
    for (let i = 0; i < 6; i++) {
      expect(slopes[0]?.[i]).toBeCloseTo((image(i, step) - image(i, -step)) / (2 * step), 6);
      expect(slopes[1]?.[i]).toBeCloseTo((matrix(i, step) - matrix(i, -step)) / (2 * step), 6);
    }
  });

  it('is part of a compiled step', () => {
    const compiled = jit((image: Tensor) => affineTransform(image, turn));
    expect(compiled(picture).arraySync()).toEqual(affineTransform(picture, turn).arraySync());
  });

  it('says what it does not know', () => {
    expect(() => affineTransform(zeros([2, 2]), turn)).toThrow(
      'affineTransform: expected [batch, height, width, channels] or [height, width, channels], got [2, 2]',
    );
    expect(() => affineTransform(zeros([2, 2, 2, 1]), zeros([3, 8]))).toThrow(
      'expected a transform [8] or [2, 8], got [3, 8]',
    );
    expect(() => affineTransform(picture, turn, { fillMode: 'reflct' as FillMode })).toThrow(
      "did you mean 'reflect'?",
    );
  });
});
