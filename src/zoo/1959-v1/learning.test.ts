import { describe, expect, it } from 'vitest';
import { NumberStream } from '../../random/number-stream.ts';
import { fromHost } from '../../tensor/tensor.ts';
import { median } from '../../util/median.ts';
import { passesBar } from '../card.ts';
import type { Lab } from '../study.ts';
import { v1 } from './index.ts';
import { drawPatches } from './patches.ts';
import { deadLeaves } from './pictures.ts';
import { medianKurtosis, orientationShares, shareFrom } from './statistics.ts';
import { whitened } from './whitened.ts';

/** A lab that keeps nothing. */
function labOf(seed: number): Lab & { readonly parts: string[] } {
  const parts: string[] = [];
  return {
    ...{ seed, parts, dataOptions: {}, signal: new AbortController().signal },
    part: (name, work) => {
      parts.push(name);
      return work(async () => {});
    },
  };
}

describe('whitened', () => {
  it('multiplies each wave by f exp(-(f / f0)^4)', async () => {
    const size = 32;
    const wave = Float32Array.from(
      { length: size ** 2 },
      (_, i) => 2 + Math.cos((2 * Math.PI * 6 * (i % size)) / size),
    );
    const result = await whitened(fromHost(wave, [size, size], 'float32')).data();
    const frequency = 6 / size;
    const gain = frequency * Math.exp(-((frequency / (200 / 512)) ** 4));
    wave.forEach((value, i) => {
      expect(Number(result[i])).toBeCloseTo(gain * (value - 2), 5);
    });
  });
});

describe('drawPatches', () => {
  it('cuts squares inside the margin, without their mean, of variance 1', async () => {
    const [width, height] = [20, 16];
    const values = Float32Array.from(
      { length: width * height },
      (_, i) => (i % width) + 100 * Math.floor(i / width),
    );
    const patches = drawPatches([{ width, height, values }], {
      count: 50,
      side: 4,
      margin: 3,
      seed: 1,
      branch: 2,
    });
    expect(patches.shape).toEqual([50, 16]);
    const rows = (await patches.array()) as number[][];
    const squares = rows.flat().reduce((sum, value) => sum + value ** 2, 0);
    expect(squares / 800).toBeCloseTo(1, 4);
    for (const row of rows) {
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 3);
      // a ramp looks alike everywhere: a step to the right is a hundredth of one down
      expect(((row[4] ?? 0) - (row[0] ?? 0)) / ((row[1] ?? 0) - (row[0] ?? 0))).toBeCloseTo(100, 1);
    }
  });
});

describe('deadLeaves', () => {
  it('holds as many pictures out as it gives, all others', () => {
    const { train, test } = deadLeaves(2, 3);
    expect([train.length, test.length]).toEqual([2, 2]);
    expect(test[0]?.values).not.toEqual(train[0]?.values);
  });
});

describe('statistics', () => {
  it('median, shares', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(shareFrom([0.1, 0.8, 0.9, 0.7], 0.8)).toBe(0.5);
    expect(orientationShares([0, Math.PI, -Math.PI / 8, 0.9 * Math.PI])).toEqual([
      0.5, 0, 0, 0, 0, 0, 0, 0.5,
    ]);
  });

  it('kurtosis is 3 for normal values, 6 for Laplacian ones, 1 for two values', async () => {
    const numbers = new NumberStream(9);
    const count = 50_000;
    const column = (draw: () => number) =>
      fromHost(Float32Array.from({ length: count }, draw), [count, 1], 'float32');
    expect(await medianKurtosis(column(() => numbers.normal()))).toBeCloseTo(3, 0);
    const laplace = () => Math.log(1 - numbers.uniform()) * (numbers.below(2) === 0 ? 1 : -1);
    expect(Math.abs((await medianKurtosis(column(laplace))) - 6)).toBeLessThan(0.6);
    expect(await medianKurtosis(column(() => 5 + numbers.below(2)))).toBeCloseTo(1, 2);
  });
});

describe('v1', () => {
  it('learns Gabors in its short form, says of what, and shows them', async () => {
    const lab = labOf(1);
    const { value, data, findings, figures } = await v1.study.run(lab, 'short');
    expect(passesBar(v1.study.shortBar, value)).toBe(true);
    const figure = (name: string) => findings.find((finding) => finding.name === name)?.value ?? Number.NaN;
    expect(figure('dead leaves: PCA, R² >= 0.8')).toBeLessThan(0.5);
    expect(figure('dead leaves: sparse coding, R² >= 0.8')).toBeGreaterThan(0.5);
    expect(figure('dead leaves: ICA over PCA')).toBeGreaterThan(1.5);
    expect(figure('noise')).toBeLessThan(0.25);
    expect(data).toBe('20 generated dead-leaves images');
    expect(lab.parts).toEqual([
      'model cells',
      'dead leaves: components',
      'dead leaves: sparse code',
      'noise',
    ]);
    for (const { svg } of figures) expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    expect(figures).toHaveLength(3);
  });
});
