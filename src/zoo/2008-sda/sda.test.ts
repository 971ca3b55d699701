import { describe, expect, it } from 'vitest';
import { NumberStream } from '../../random/number-stream.ts';
import { classifier } from './classifier.ts';
import { PLANS, SETTINGS } from './experiment.ts';
import { sdaFigures } from './figures.ts';
import { sdaFindings } from './findings.ts';
import { rotate } from './rotate.ts';
import { FILTERS, runNetwork } from './runs.ts';
import { makeVariation } from './variations.ts';

const PIXELS = 784;

/** Images whose class is where their bright stripe lies. */
function pool(count: number, seed: number) {
  const stream = new NumberStream(seed);
  const labels = Uint8Array.from({ length: count }, () => stream.below(10));
  const images = new Uint8Array(count * PIXELS);
  labels.forEach((label, i) => {
    images.fill(255, i * PIXELS + label * 70, i * PIXELS + label * 70 + 60);
  });
  return { images, labels, imageShape: [28, 28, 1] as const, count };
}

const counts = { train: 60, validation: 20, test: 20 };

describe('rotation', () => {
  const image = Uint8Array.of(0, 10, 0, 0, 20, 200, 0, 0, 0);

  it('leaves a picture as it is at angle 0, and at a full turn', () => {
    expect(rotate(image, 3, 0)).toEqual(image);
    expect(rotate(image, 3, 2 * Math.PI)).toEqual(image);
  });

  it('takes right to top in a quarter turn', () => {
    expect([...rotate(image, 3, Math.PI / 2)]).toEqual([0, 200, 0, 10, 20, 0, 0, 0, 0]);
  });
});

describe('variations', () => {
  const pools = [pool(70, 1), pool(30, 2)];
  const basic = makeVariation('basic', pools, counts, 5);

  it('have the sizes of the split, and each image once', () => {
    const shapes = [basic.train, basic.validation, basic.test].map(({ shape }) => shape);
    expect(shapes).toEqual([
      [60, PIXELS],
      [20, PIXELS],
      [20, PIXELS],
    ]);
    const labels = [basic.train, basic.validation, basic.test].flatMap((part) => [...part.labels]);
    const all = pools.flatMap((one) => [...one.labels]);
    expect(labels.toSorted()).toEqual(all.toSorted());
  });

  it('have the same digits in the same places', () => {
    for (const variation of ['rot', 'bg-rand'] as const) {
      expect(makeVariation(variation, pools, counts, 5).test.labels).toEqual(basic.test.labels);
    }
    expect(makeVariation('basic', pools, counts, 6).test.labels).not.toEqual(basic.test.labels);
  });

  it('put noise behind the ink', () => {
    const { train } = makeVariation('bg-rand', pools, counts, 5);
    const background = train.data.filter((_, i) => basic.train.data[i] === 0);
    expect(train.data.every((value, i) => basic.train.data[i] === 0 || value === 255)).toBe(true);
    const mean = background.reduce((sum, value) => sum + value, 0) / background.length;
    expect(mean).toBeGreaterThan(125);
    expect(mean).toBeLessThan(130);
  });
});

describe('the network', () => {
  it('has the units of the paper', () => {
    expect(classifier(SETTINGS.run.sizes, { seed: 1, stack: null }).countParams()).toBe(2_797_010);
  });

  it('begins with the layers of a stack', async () => {
    const layer = {
      weights: new Float32Array(6).fill(0.5),
      hiddenBias: new Float32Array(2),
      visibleBias: new Float32Array(3),
    };
    const [kernel] = classifier([3, 2], { seed: 1, stack: [layer] }).getWeights();
    expect(kernel?.dataSync()).toEqual(layer.weights);
  });

  it('learns from each start, and keeps filters where there was pretraining', async () => {
    const parts = makeVariation('basic', [pool(200, 3)], { train: 120, validation: 40, test: 40 }, 1);
    const settings = {
      ...SETTINGS.run,
      sizes: [PIXELS, 20],
      pretrainEpochs: 3,
      epochs: 30,
      randomEpochs: 30,
    };
    const quick = { ...settings, learningRate: 0.02, batchSize: 20 };
    const control = { signal: new AbortController().signal, progress: async () => {} };
    for (const start of ['denoising', 'random'] as const) {
      const result = await runNetwork(parts, { variation: 'basic', start, seed: 2 }, quick, control);
      expect(result.testError).toBeLessThan(0.1);
      expect(result.filters).toHaveLength(start === 'random' ? 0 : FILTERS * PIXELS);
    }
  });
});

describe('findings and figures', () => {
  const outcomes = PLANS.flatMap(({ variation, starts }) =>
    starts.map((start, i) => ({
      variation,
      start,
      testError: 0.02 + 0.01 * i,
      validationErrors: new Float64Array(),
      filters: start === 'random' ? new Float32Array() : new Float32Array(FILTERS * PIXELS),
    })),
  );

  it('hold errors and gains to their bars', () => {
    const { value, findings } = sdaFindings(outcomes);
    expect(value).toBe(0.02);
    expect(findings.filter(({ bar }) => bar)).toHaveLength(3 + 3 + 2);
    const noise = findings.find(({ name }) => name === 'rot, what noise is worth');
    expect(noise?.value).toBeCloseTo(0.01, 10);
  });

  it('draw filters, errors and examples', () => {
    const examples = [{ variation: 'rot', images: new Uint8Array(2 * PIXELS) } as const];
    for (const { svg } of sdaFigures(outcomes, examples)) expect(svg).toMatch(/^<svg/);
  });

  it('need the network that is judged', () => {
    expect(() => sdaFindings([])).toThrow(/a network for basic, denoising/);
  });
});
