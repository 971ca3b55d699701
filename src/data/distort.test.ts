import { describe, expect, it } from 'vitest';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { type DistortOptions, distort } from './distort.ts';

const SIDE = 28;

/** A soft blob, so that moments move smoothly: an ellipse with the longer axis upright. */
const BLOB = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [x, y] = [(i % SIDE) - 13.5, Math.floor(i / SIDE) - 13.5];
  return Math.round(250 * Math.exp(-(x * x) / 8 - (y * y) / 24));
});

/** The same blob distorted many times. */
function many(count: number, options: DistortOptions): Uint8Array[] {
  const data = new Uint8Array(count * BLOB.length);
  for (let i = 0; i < count; i++) data.set(BLOB, i * BLOB.length);
  const distorted = distort({ data, shape: [count, SIDE, SIDE] }, options).data;
  return Array.from({ length: count }, (_, i) => distorted.subarray(i * BLOB.length, (i + 1) * BLOB.length));
}

function moments(image: Uint8Array) {
  const mean = (value: (x: number, y: number) => number) => {
    let [sum, mass] = [0, 0];
    image.forEach((ink, i) => {
      mass += ink;
      sum += ink * value((i % SIDE) - 13.5, Math.floor(i / SIDE) - 13.5);
    });
    return sum / mass;
  };
  const [x, y] = [mean((x) => x), mean((_, y) => y)];
  return {
    x,
    y,
    xx: mean((a) => (a - x) ** 2),
    yy: mean((_, b) => (b - y) ** 2),
    xy: mean((a, b) => (a - x) * (b - y)),
  };
}

const extent = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;

function expectExtent(values: readonly number[], low: number, high: number, digits = 1): void {
  const [least, most] = extent(values);
  expect(least).toBeCloseTo(low, digits);
  expect(most).toBeCloseTo(high, digits);
}

describe('distort', () => {
  const before = moments(BLOB);

  it('without amounts gives the images back', () => {
    for (const image of many(2, {})) expect(image).toEqual(BLOB);
  });

  it('shifts up to its bound, on each axis by itself', () => {
    const shifted = many(300, { shiftPixels: 2 }).map(moments);
    expectExtent(
      shifted.map(({ x }) => x),
      -2,
      2,
    );
    expectExtent(
      shifted.map(({ y }) => y),
      -2,
      2,
    );
    const agreement = shifted.reduce((sum, { x, y }) => sum + x * y, 0) / shifted.length;
    expect(Math.abs(agreement)).toBeLessThan(0.3);
  });

  it('scales both axes, squeezes one against the other', () => {
    const scaled = many(300, { scaling: 0.2 }).map(moments);
    const sizes = scaled.map(({ yy }) => Math.sqrt(yy / before.yy));
    expectExtent(sizes, 0.8, 1.2);
    for (const { xx, yy } of scaled) expect(xx / yy).toBeCloseTo(before.xx / before.yy, 1);
    const squeezed = many(300, { squeezing: 0.2 }).map(moments);
    for (const { xx, yy } of squeezed)
      expect(Math.sqrt((xx * yy) / (before.xx * before.yy))).toBeCloseTo(1, 1);
    expect(
      extent(squeezed.map(({ xx }) => Math.sqrt(xx / before.xx))).map((value) => value.toFixed(1)),
    ).toEqual(['0.8', '1.2']);
  });

  it('slants and turns', () => {
    const slants = many(300, { shear: 0.3 }).map(moments);
    expectExtent(
      slants.map(({ xy, yy }) => xy / yy),
      -0.3,
      0.3,
    );
    const turned = many(300, { rotationDegrees: 30 }).map(moments);
    const angles = turned.map(({ xx, yy, xy }) => (Math.atan2(-2 * xy, yy - xx) / 2) * (180 / Math.PI));
    const [least, most] = extent(angles);
    expect(least).toBeGreaterThan(-31);
    expect(least).toBeLessThan(-28);
    expect(most).toBeLessThan(31);
    expect(most).toBeGreaterThan(28);
    for (const { xx, yy } of turned) expect((xx + yy) / (before.xx + before.yy)).toBeCloseTo(1, 1);
  });

  it('bends: pixels of one image move by different amounts', () => {
    const bent = many(200, { elasticPixels: 1.5 }).map(moments);
    const deviation = (values: readonly number[]) =>
      Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    const moved = deviation(bent.map(({ x }) => x));
    expect(moved).toBeGreaterThan(0.8);
    expect(moved).toBeLessThan(1.6);
    const widths = bent.map(({ xx }) => xx / before.xx - 1);
    expect(deviation(widths)).toBeGreaterThan(0.15);
  });

  it('follows from seed, epoch and place', () => {
    const options = { shiftPixels: 2, scaling: 0.1, elasticPixels: 1 };
    const [first, second] = many(2, { ...options, seed: 3, epoch: 1 });
    expect(first).not.toEqual(second);
    expect(many(2, { ...options, seed: 3, epoch: 1 })).toEqual([first, second]);
    expect(many(1, { ...options, seed: 3, epoch: 1 })).toEqual([first]);
    expect(many(1, { ...options, seed: 3, epoch: 2 })).not.toEqual([first]);
    expect(many(1, { ...options, seed: 4, epoch: 1 })).not.toEqual([first]);
  });

  it('refuses other arrays, unknown options and amounts out of their range', () => {
    const image = { data: BLOB, shape: [1, SIDE, SIDE, 1] };
    expect(() => distort({ data: BLOB, shape: [28, 28] }, {})).toThrow(AntlerShapeError);
    expect(() => distort(image, { scaling: 1 })).toThrow(
      new AntlerValueError({ where: 'distort', expected: 'scaling in [0, 1)', got: '1' }),
    );
    expect(() => distort(image, { shear: Number.NaN })).toThrow(
      new AntlerValueError({ where: 'distort', expected: 'shear that is finite and >= 0', got: 'NaN' }),
    );
    expect(() => distort(image, { shift: 1 } as DistortOptions)).toThrow('shiftPixels');
  });
});
