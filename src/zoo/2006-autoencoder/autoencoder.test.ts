import { describe, expect, it } from 'vitest';
import { pca } from '../../classic/pca.ts';
import { tensor } from '../../ops/create.ts';
import { NumberStream } from '../../random/number-stream.ts';
import { digitRows, oneOfEach } from './digits.ts';
import { SETTINGS } from './experiment.ts';
import { autoencoderFigures } from './figures.ts';
import { autoencoderFindings } from './findings.ts';
import { principalComponents } from './principal-components.ts';
import { fallingAdam, trainAutoencoder } from './training.ts';

const control = { signal: new AbortController().signal, progress: async () => {} };

/** Rows of a stretched cloud in six dimensions. */
function cloud(count: number, seed: number) {
  const stream = new NumberStream(seed);
  const deviations = [3, 2, 1, 0.5, 0.3, 0.2];
  const data = Float32Array.from(
    { length: count * 6 },
    (_, i) => 1 + stream.normal() * (deviations[i % 6] ?? 1),
  );
  return { data, shape: [count, 6] as const };
}

describe('digits', () => {
  const images = new Uint8Array(2 * 784);
  images.set([255, 255, 0, 0], 0);
  images.set([255, 0], 28);
  images[784] = 51;
  const part = { images, labels: Uint8Array.of(3, 0), imageShape: [28, 28, 1] as const, count: 2 };

  it('have values in 0 to 1', () => {
    const { data, shape } = digitRows(part, { limit: 10, side: 28 });
    expect(shape).toEqual([2, 784]);
    expect(data[0]).toBeCloseTo(1, 6);
    expect(data[784]).toBeCloseTo(0.2, 6);
  });

  it('at half size are means of four pixels', () => {
    const { data, shape } = digitRows(part, { limit: 1, side: 14 });
    expect(shape).toEqual([1, 196]);
    expect(data[0]).toBeCloseTo(0.75, 6);
    expect(data[1]).toBe(0);
  });

  it('are shown one of each class', () => {
    const { data, shape } = oneOfEach(part, 28);
    expect(shape).toEqual([10, 784]);
    expect(data[0]).toBeCloseTo(0.2, 6);
    expect(data[3 * 784]).toBeCloseTo(1, 6);
  });
});

describe('a linear autoencoder', () => {
  it('comes to the error of principal components', async () => {
    const [train, test] = [cloud(2000, 1), cloud(1000, 2)];
    const parts = { train, test, shown: test };
    const best = await principalComponents(2, parts);
    const size = { count: 2000, epochs: 40, batchSize: 50 };
    const { squaredError, history } = await trainAutoencoder(
      {
        network: { sizes: [6, 2], seed: 1, outputActivation: 'linear' },
        loss: 'meanSquaredError',
        optimizer: fallingAdam(0.02, size),
        ...size,
      },
      parts,
      control,
    );
    expect(history).toHaveLength(40);
    expect(squaredError / best.squaredError).toBeCloseTo(1, 2);
  });
});

describe('principal components', () => {
  it('leave the variance of the directions that are left out', async () => {
    const train = cloud(4000, 3);
    const { squaredError } = await principalComponents(3, { train, test: train, shown: train });
    const { explainedVariance } = pca().fit(tensor(train.data, train.shape));
    const left = [...explainedVariance.dataSync()].slice(3).reduce((a, b) => a + b, 0);
    expect(squaredError).toBeCloseTo(left, 2);
  });
});

describe('the experiment', () => {
  it('trains the network of the paper', () => {
    expect(SETTINGS.sizes).toEqual([784, 1000, 500, 250, 30]);
    expect(SETTINGS.epochs).toBeLessThanOrEqual(30);
  });

  it('judges the sum over the pixels, and draws what it found', () => {
    const of = (squaredError: number) => ({
      squaredError,
      pictures: new Float32Array(10 * 784),
      history: Float64Array.of(20, 10),
    });
    const measured = {
      components: of(13.9),
      linear: of(13.95),
      simple: of(12),
      logistic: of(8),
      control: of(52),
      deep: of(3.5),
    };
    const { value, findings } = autoencoderFindings(measured, 784);
    expect(value).toBe(3.5);
    const judged = findings.filter(({ bar }) => bar);
    expect(judged.map(({ name }) => name)).toHaveLength(4);
    const small = autoencoderFindings(measured, 196).findings;
    expect(small.every(({ published }) => published === undefined)).toBe(true);
    const shown = { data: new Float32Array(10 * 784), shape: [10, 784] as const };
    for (const { svg } of autoencoderFigures(measured, shown)) expect(svg).toMatch(/^<svg/);
  });
});
