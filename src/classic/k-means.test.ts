import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { add, mul } from '../ops/math/arithmetic.ts';
import { expandDims } from '../ops/shape/shape.ts';
import { normal } from '../random/distributions.ts';
import { key } from '../random/keys.ts';
import { at } from '../util/errors.ts';
import { kMeans } from './k-means.ts';
import { rbfNetwork } from './rbf-network.ts';

/** Three heaps far from each other, in turn. */
const heaps = add(
  mul(normal(key(3), [60, 2]), 0.1),
  tensor(
    Array.from({ length: 60 }, (_, i) =>
      at(
        [
          [0, 0],
          [5, 0],
          [0, 5],
        ],
        i % 3,
      ),
    ),
  ),
);

describe('kMeans', () => {
  it('finds heaps that lie apart, from any seed', async () => {
    for (const seed of [0, 1, 2]) {
      const model = await kMeans({ clusters: 3, seed }).fit(heaps);
      const groups = [...model.predict(heaps).dataSync()];
      expect(new Set(groups.slice(0, 3)).size).toBe(3);
      expect(groups).toEqual(groups.map((_, i) => groups[i % 3]));
      expect(model.spread).toBeLessThan(0.05);
    }
  });

  it('ends where each centre is the mean of its rows', async () => {
    const rows = normal(key(4), [50, 1]);
    const model = await kMeans({ clusters: 4, tolerance: 0 }).fit(rows);
    const [values, groups] = [rows.dataSync(), model.predict(rows).dataSync()];
    model.centres.dataSync().forEach((centre, group) => {
      const own = [...values].filter((_, i) => groups[i] === group);
      expect(centre).toBeCloseTo(own.reduce((sum, value) => sum + value, 0) / own.length, 5);
    });
  });

  it('tells of each iteration, and never spreads more', async () => {
    const changes: number[] = [];
    const model = await kMeans({ clusters: 5 }).fit(normal(key(5), [80, 3]), (_, change) => {
      changes.push(change);
    });
    expect(changes).toHaveLength(model.iterations);
    expect(changes.every((change) => change >= 0)).toBe(true);
  });

  it('is content with rows that coincide', async () => {
    const model = await kMeans({ clusters: 2 }).fit([[1], [1], [1]]);
    expect(model.centres.arraySync()).toEqual([[1], [1]]);
  });

  it('needs a row a cluster', async () => {
    await expect(kMeans({ clusters: 4 }).fit([[1], [2]])).rejects.toThrow('expected at least 4 rows, got 2');
  });
});

describe('rbfNetwork', () => {
  /** A disc inside a ring. */
  const angles = Array.from({ length: 40 }, (_, i) => (2 * Math.PI * i) / 40);
  const rings = tensor(
    angles.flatMap((angle) => [0.3, 1].map((radius) => [radius * Math.cos(angle), radius * Math.sin(angle)])),
  );
  const labels = angles.flatMap(() => [0, 1]);

  it('separates what no line does', async () => {
    const model = await rbfNetwork({ centresPerClass: 8 }).fit(rings, labels);
    expect(model.centres.shape).toEqual([16, 2]);
    expect(model.predict(rings).arraySync()).toEqual(labels);
    expect(model.predict(expandDims(tensor([0, 0]), 0)).arraySync()).toEqual([0]);
  });

  it('says what is wrong', async () => {
    expect(() => rbfNetwork({ width: 0 })).toThrow('rbfNetwork: expected width, a number > 0, got 0');
    await expect(rbfNetwork({ centresPerClass: 41 }).fit(rings, labels)).rejects.toThrow(
      'expected at least centresPerClass = 41 rows of each class, got 40; ask for fewer centres',
    );
  });
});
