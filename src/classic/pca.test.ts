import { describe, expect, it } from 'vitest';
import { fromHost } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { pca } from './pca.ts';

/** Around (1, 2, 3): variance 8 along (3, 4, 0) / 5, 2 along (4, -3, 0) / 5, none along the last axis. */
const ROWS = [
  [2, 2].map((length) => [3, 4, 0].map((part) => (length * part) / 5)),
  [[0.8, -0.6, 0]],
  [[-0.8, 0.6, 0]],
]
  .flat()
  .map((row, i) => (i === 1 ? row.map((part) => -part) : row))
  .map(([x = 0, y = 0, z = 0]) => [x + 1, y + 2, z + 3]);

describe('pca', () => {
  it('finds the directions of largest variance in their order', async () => {
    const model = pca().fit(ROWS);
    expect(Array.from(await model.mean.data())).toEqual([1, 2, 3].map((value) => expect.closeTo(value, 5)));
    const [first, second] = (await model.components.array()) as number[][];
    expect(first?.map(Math.abs)).toEqual([0.6, 0.8, 0].map((value) => expect.closeTo(value, 5)));
    expect(second?.map(Math.abs)).toEqual([0.8, 0.6, 0].map((value) => expect.closeTo(value, 5)));
    const variances = [8 / 3, 2 / 3, 0].map((value) => expect.closeTo(value, 5));
    expect(Array.from(await model.explainedVariance.data())).toEqual(variances);
    const shares = [0.8, 0.2, 0].map((value) => expect.closeTo(value, 5));
    expect(Array.from(await model.explainedVarianceRatio.data())).toEqual(shares);
  });

  it('brings rows to their coordinates and back, whitened or not', async () => {
    for (const whiten of [false, true]) {
      const model = pca({ components: 2, whiten }).fit(ROWS);
      const coordinates = model.transform(ROWS);
      expect(coordinates.shape).toEqual([4, 2]);
      const back = await model.inverseTransform(coordinates).data();
      expect(Array.from(back)).toEqual(ROWS.flat().map((value) => expect.closeTo(value, 4)));
      const lengths = Array.from(await coordinates.data(), (value) => Math.abs(Number(value)));
      expect(lengths[0]).toBeCloseTo(whiten ? 2 / Math.sqrt(8 / 3) : 2, 4);
    }
  });

  it('gives the nearest rows where components are left out', async () => {
    const model = pca({ components: 1 }).fit(ROWS);
    const [, , third] = (await model.inverseTransform(model.transform(ROWS)).array()) as number[][];
    expect(third).toEqual([1, 2, 3].map((value) => expect.closeTo(value, 5)));
  });

  it('says what is wrong', () => {
    expect(() => pca({ components: 4 }).fit(ROWS)).toThrow(
      'pca, fit: expected components, a whole number in 1 .. 3, got 4',
    );
    expect(() => pca().transform(ROWS)).toThrow(AntlerValueError);
    expect(() => pca().transform(ROWS)).toThrow(
      'pca: expected an estimator that was fitted, got one that was not',
    );
    expect(() => pca().fit([1, 2])).toThrow(AntlerShapeError);
    expect(() => pca().fit(fromHost(new Float32Array(0), [0, 3], 'float32'))).toThrow(
      'expected [rows, columns]',
    );
    expect(() =>
      pca()
        .fit(ROWS)
        .transform([[1, 2]]),
    ).toThrow('expected [rows, 3], got [1, 2]');
  });
});
