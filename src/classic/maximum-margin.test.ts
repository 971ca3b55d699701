import { describe, expect, it } from 'vitest';
import { NumberStream } from '../random/number-stream.ts';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { leastPoint } from './least-point.ts';
import { maximumMargin } from './maximum-margin.ts';

describe('leastPoint', () => {
  it.each<[string, number[][], number[]]>([
    [
      'a corner',
      [
        [3, 4],
        [6, 8],
      ],
      [3, 4],
    ],
    [
      'an edge',
      [
        [1, 2],
        [1, -2],
        [5, 0],
      ],
      [1, 0],
    ],
    [
      'the inside',
      [
        [1, 0],
        [-1, 1],
        [-1, -1],
      ],
      [0, 0],
    ],
    [
      'the same point twice',
      [
        [1, 1],
        [1, 1],
      ],
      [1, 1],
    ],
    [
      'points on a line through the origin',
      [
        [-1, 0],
        [2, 0],
        [3, 0],
      ],
      [0, 0],
    ],
  ])('finds %s', (_name, points, nearest) => {
    const found = leastPoint(points.map((point) => Float64Array.from(point)));
    expect([...found].map((x) => Math.abs(x - (nearest.shift() ?? 0)) < 1e-12)).toEqual([true, true]);
  });
});

describe('maximumMargin', () => {
  it('parts two points in the middle', () => {
    const { separable, margin, normal } = maximumMargin(
      [
        [3, 1],
        [-1, 1],
      ],
      [1, -1],
    );
    expect(separable).toBe(true);
    // the plane may be any through the origin of (x, 1)
    expect(margin).toBeCloseTo(Math.SQRT2 * 1, 12);
    expect([...normal]).toEqual([expect.closeTo(Math.SQRT1_2, 12), expect.closeTo(-Math.SQRT1_2, 12)]);
  });

  it('says that XOR has no plane', () => {
    const corners = [
      [-1, -1, 1],
      [-1, 1, 1],
      [1, -1, 1],
      [1, 1, 1],
    ];
    expect(maximumMargin(corners, [-1, 1, 1, -1])).toEqual({
      separable: false,
      margin: 0,
      normal: new Float64Array(3),
    });
    expect(maximumMargin(corners, [-1, 1, 1, 1]).margin).toBeCloseTo(1 / Math.sqrt(3), 12);
  });

  it('finds no less than a plane that is known', () => {
    const stream = new NumberStream(5);
    for (let trial = 0; trial < 50; trial++) {
      const features = 2 + (trial % 20);
      const truth = Array.from({ length: features }, () => stream.normal());
      const length = Math.hypot(...truth);
      const rows = Array.from({ length: 60 }, () => truth.map(() => stream.normal()));
      const along = rows.map((row) => row.reduce((sum, x, i) => sum + (x * (truth[i] ?? 0)) / length, 0));
      const { separable, margin, normal } = maximumMargin(rows, along.map(Math.sign));
      expect(separable).toBe(true);
      expect(margin).toBeGreaterThanOrEqual(Math.min(...along.map(Math.abs)) - 1e-6);
      expect(Math.hypot(...normal)).toBeCloseTo(1, 12);
    }
  });

  it.each<[string, () => unknown, typeof AntlerShapeError]>([
    ['numbers that are not finite', () => maximumMargin([[1, Number.NaN]], [1]), AntlerValueError],
    ['other targets', () => maximumMargin([[1, 2]], [0]), AntlerValueError],
    [
      'too few targets',
      () =>
        maximumMargin(
          [
            [1, 2],
            [3, 4],
          ],
          [1],
        ),
      AntlerShapeError,
    ],
    ['no rows', () => maximumMargin([1, 2], [1, 1]), AntlerShapeError],
  ])('refuses %s', (_name, call, kind) => {
    expect(call).toThrow(kind);
  });
});
