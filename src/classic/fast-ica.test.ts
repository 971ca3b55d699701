import { describe, expect, it } from 'vitest';
import { NumberStream } from '../random/number-stream.ts';
import { fromHost } from '../tensor/tensor.ts';
import { type FastICAOptions, fastICA } from './fast-ica.ts';

const COUNT = 4000;
const MIXING = [
  [1, 0.5, 0.2],
  [0.3, -1, 0.4],
  [-0.6, 0.2, 1],
  [0.5, 0.5, 0.5],
] as const;

/** Independent sources of variance 1, two with heavy tails and one flat; and four mixtures of them. */
function mixtures() {
  const numbers = new NumberStream(7);
  const laplace = () => (Math.log(1 - numbers.uniform()) / Math.SQRT2) * (numbers.below(2) === 0 ? 1 : -1);
  const sources = Array.from({ length: COUNT }, () => [
    laplace(),
    laplace(),
    Math.sqrt(12) * (numbers.uniform() - 0.5),
  ]);
  const rows = sources.map((s) =>
    MIXING.map((weights) => weights.reduce((sum, w, i) => sum + w * (s[i] ?? 0), 3)),
  );
  return { sources, x: fromHost(Float32Array.from(rows.flat()), [COUNT, 4], 'float32') };
}

/** |correlation| of each true source with each found one. */
function correlations(sources: readonly (readonly number[])[], found: readonly (readonly number[])[]) {
  return [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => {
      const products = sources.map((row, n) => (row[i] ?? 0) * (found[n]?.[j] ?? 0));
      return Math.abs(products.reduce((sum, product) => sum + product, 0)) / COUNT;
    }),
  );
}

describe('fastICA', () => {
  const contrasts = ['logcosh', 'exp', 'cube'] satisfies FastICAOptions['contrast'][];
  it.each(contrasts)('finds sources again, each once, with %s', async (contrast) => {
    const { sources, x } = mixtures();
    const changes: number[] = [];
    const ica = await fastICA({ components: 3, contrast, seed: 3 }).fit(
      x,
      (_, change) => void changes.push(change),
    );
    expect(ica.converged).toBe(true);
    expect(ica.iterations).toBe(changes.length);
    const found = (await ica.transform(x).array()) as number[][];
    const best = correlations(sources, found).map((row) => Math.max(...row));
    for (const correlation of best) expect(correlation).toBeGreaterThan(0.97);
  });

  it('gives sources of variance 1 and the rows back from them', async () => {
    const { x } = mixtures();
    const ica = await fastICA({ components: 3 }).fit(x);
    const sources = ica.transform(x);
    const values = (await sources.array()) as number[][];
    for (const i of [0, 1, 2]) {
      const variance = values.reduce((sum, row) => sum + (row[i] ?? 0) ** 2, 0) / COUNT;
      expect(variance).toBeCloseTo(1, 2);
    }
    const back = Array.from(await ica.inverseTransform(sources).data(), Number);
    const given = Array.from(await x.data(), Number);
    const worst = Math.max(...back.map((value, i) => Math.abs(value - (given[i] ?? 0))));
    expect(worst).toBeLessThan(1e-4);
    expect([ica.components.shape, ica.mixing.shape, ica.mean.shape]).toEqual([[3, 4], [4, 3], [4]]);
  });

  it('gives the same for the same seed', async () => {
    const { x } = mixtures();
    const runs = [1, 2].map(() => fastICA({ components: 2, seed: 5 }).fit(x));
    const [first, second] = await Promise.all(runs.map(async (run) => (await run).components.data()));
    expect(first).toEqual(second);
  });

  it('says when it did not converge, and what it cannot do', async () => {
    const { x } = mixtures();
    const ica = await fastICA({ components: 3, maxIterations: 1 }).fit(x);
    expect([ica.converged, ica.iterations]).toEqual([false, 1]);
    await expect(fastICA().fit(x)).rejects.toThrow(
      'fastICA, fit: expected finite rows that vary in 4 directions, got rows that vary in 3; ask for fewer components',
    );
    const broken = [
      [Number.NaN, 1],
      [2, 3],
      [4, 4],
    ];
    await expect(fastICA().fit(broken)).rejects.toThrow('finite rows');
    expect(() => fastICA({ maxIterations: 0 })).toThrow('maxIterations, a whole number >= 1');
    expect(() => fastICA().components).toThrow('call fit(x) first');
  });
});
