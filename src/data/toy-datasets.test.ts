import { describe, expect, it } from 'vitest';
import { AntlerValueError, at } from '../util/errors.ts';
import {
  type LabelledPoints,
  makeBlobs,
  makeCircles,
  makeMoons,
  makeSpirals,
  makeXor,
  type PointOptions,
} from './toy-datasets.ts';

const rowsOf = ({ x, y }: LabelledPoints) =>
  Array.from(y.data, (label, i) => ({ a: at(x.data, 2 * i), b: at(x.data, 2 * i + 1), label }));

describe.each([
  ['makeMoons', makeMoons],
  ['makeCircles', makeCircles],
  ['makeSpirals', makeSpirals],
  ['makeXor', makeXor],
  [
    'makeBlobs',
    ({ samples, seed }: PointOptions = {}) =>
      makeBlobs({ ...(samples && { samples }), ...(seed && { seed }) }),
  ],
] as const)('%s', (_name, make) => {
  it('repeats itself for a seed, over the classes evenly', () => {
    const points = make({ samples: 31, seed: 4 });
    expect(points).toEqual(make({ samples: 31, seed: 4 }));
    expect([points.x.shape, points.y.shape]).toEqual([[31, 2], [31]]);
    const counts = [0, 1].map((label) => points.y.data.filter((one) => one === label).length);
    expect(Math.abs(at(counts, 0) - at(counts, 1))).toBeLessThanOrEqual(1);
  });
});

describe('the shapes', () => {
  it('are moons, circles, spirals and squares', () => {
    for (const { a, b, label } of rowsOf(makeMoons())) {
      const [x, y] = label === 0 ? [a, b] : [a - 1, 0.5 - b];
      expect(Math.hypot(x, y)).toBeCloseTo(1, 5);
      expect(y).toBeGreaterThan(-1e-6);
    }
    for (const { a, b, label } of rowsOf(makeCircles({ factor: 0.3 })))
      expect(Math.hypot(a, b)).toBeCloseTo(label === 0 ? 1 : 0.3, 5);
    const last = rowsOf(makeSpirals({ samples: 6, classes: 3 })).slice(3);
    for (const { a, b } of last) expect(Math.hypot(a, b)).toBeCloseTo(1, 5);
    for (const { a, b, label } of rowsOf(makeXor())) expect(a * b >= 0).toBe(label === 0);
  });

  it('are noisy when told so', () => {
    const far = rowsOf(makeCircles({ samples: 400, noise: 0.1, seed: 1 })).filter(({ label }) => label === 0);
    const squares = far.map(({ a, b }) => (Math.hypot(a, b) - 1) ** 2);
    expect(Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / far.length)).toBeCloseTo(0.1, 1);
    const { x } = makeBlobs({
      centers: [
        [0, 0, 0],
        [9, 9, 9],
      ],
      clusterStd: 0,
    });
    expect(x.shape).toEqual([100, 3]);
    expect([...x.data.subarray(0, 6)]).toEqual([0, 0, 0, 9, 9, 9]);
  });

  it('refuse what cannot be drawn', () => {
    expect(() => makeMoons({ noise: -1 })).toThrow(AntlerValueError);
    expect(() => makeMoons({ samples: 0 })).toThrow(
      'makeMoons: expected samples, a whole number >= 1, got 0',
    );
    expect(() => makeBlobs({ centers: 0 })).toThrow('centers');
  });
});
