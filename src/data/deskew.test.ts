import { describe, expect, it } from 'vitest';
import { AntlerShapeError, AntlerTypeError } from '../util/errors.ts';
import { deskew } from './deskew.ts';

/** A 9 x 9 image with ink where `ink` says. */
function drawn(ink: (x: number, y: number) => number): Uint8Array {
  return Uint8Array.from({ length: 81 }, (_, i) => ink(i % 9, Math.floor(i / 9)));
}

function momentsOf(image: Uint8Array): {
  readonly x: number;
  readonly y: number;
  readonly covariance: number;
} {
  const total = (weigh: (x: number, y: number) => number) =>
    image.reduce((sum, ink, i) => sum + ink * weigh(i % 9, Math.floor(i / 9)), 0);
  const mass = total(() => 1);
  const [x, y] = [total((x) => x) / mass, total((_, y) => y) / mass];
  return { x, y, covariance: total((a, b) => (a - x) * (b - y)) / mass };
}

describe('deskew', () => {
  it('stands a slanting stroke upright', () => {
    const slanting = drawn((x, y) => (x + y === 8 && y > 0 && y < 8 ? 200 : 0));
    const upright = drawn((x, y) => (x === 4 && y > 0 && y < 8 ? 200 : 0));
    expect(deskew({ data: slanting, shape: [1, 9, 9] }).data).toEqual(upright);
  });

  it('brings the covariance to zero and keeps the centre of mass, image by image', () => {
    const first = drawn((x, y) => (Math.abs(2 * (x - 4) - (y - 4)) < 2 ? 60 + 9 * x : 0));
    const second = drawn((x, y) => (y > 1 && y < 7 && Math.abs(x + (y - 4) / 3 - 3) < 1.5 ? 250 - 7 * y : 0));
    const both = Uint8Array.from([...first, ...second]);
    const { data, shape } = deskew({ data: both, shape: [2, 9, 9, 1] });
    expect(shape).toEqual([2, 9, 9, 1]);
    [first, second].forEach((before, i) => {
      const [was, is] = [momentsOf(before), momentsOf(data.subarray(81 * i, 81 * (i + 1)))];
      expect(Math.abs(was.covariance)).toBeGreaterThan(0.5);
      expect(is.covariance).toBeCloseTo(0, 1);
      expect(is.x).toBeCloseTo(was.x, 1);
      expect(is.y).toBeCloseTo(was.y, 1);
    });
  });

  it('moves the centre of mass to the middle if asked, and the slant with it', () => {
    const slanting = drawn((x, y) =>
      y > 0 && y < 6 && Math.abs(x + (y - 4) / 3 - 3) < 1.5 ? 240 - 7 * y : 0,
    );
    const is = momentsOf(deskew({ data: slanting, shape: [1, 9, 9] }, { recentre: true }).data);
    expect(momentsOf(slanting).y).toBeLessThan(3.2);
    expect(is.x).toBeCloseTo(4, 1);
    expect(is.y).toBeCloseTo(4, 1);
    expect(Math.abs(is.covariance)).toBeLessThan(0.05);
    const dot = drawn((x, y) => (x === 1 && y === 2 ? 200 : 0));
    const moved = drawn((x, y) => (x === 4 && y === 4 ? 200 : 0));
    expect(deskew({ data: dot, shape: [1, 9, 9] }, { recentre: true }).data).toEqual(moved);
  });

  it('leaves alone what has no slant', () => {
    for (const image of [
      drawn(() => 0),
      drawn((x, y) => (y === 3 ? 20 * x : 0)),
      drawn((x, y) => (x === 5 && y < 6 ? 31 * y : 0)),
    ])
      expect(deskew({ data: image, shape: [1, 9, 9] }).data).toEqual(image);
  });

  it('refuses what are no grey images of bytes', () => {
    expect(() => deskew({ data: new Uint8Array(12), shape: [1, 2, 2, 3] })).toThrow(
      new AntlerShapeError({
        where: 'deskew',
        expected: '[count, height, width] or [count, height, width, 1], with as many bytes',
        got: '[1, 2, 2, 3] and 12 bytes',
      }),
    );
    expect(() => deskew({ data: new Uint8Array(5), shape: [1, 2, 2] })).toThrow(AntlerShapeError);
    const floats = new Float32Array(4) as unknown as Uint8Array;
    expect(() => deskew({ data: floats, shape: [1, 2, 2] })).toThrow(
      new AntlerTypeError({ where: 'deskew', expected: 'images of uint8', got: 'a Float32Array' }),
    );
  });
});
