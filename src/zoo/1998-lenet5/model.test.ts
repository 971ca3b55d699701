import { describe, expect, it } from 'vitest';
import { at } from '../../util/errors.ts';
import { buildLenet5, LENET5_SETTINGS, lenet5ForTraining } from './model.ts';

describe('LeNet-5', () => {
  const model = buildLenet5({ seed: 1 });

  it('has the counts of the slide', () => {
    const shapes = Object.fromEntries(model.weights.map(({ name, shape }) => [name, shape]));
    expect(shapes).toEqual({
      'c1/kernel': [5, 5, 1, 6],
      'c1/bias': [6],
      'c3/kernel': [5, 5, 6, 16],
      'c3/bias': [16],
      'c5/kernel': [400, 120],
      'c5/bias': [120],
      'f6/kernel': [120, 84],
      'f6/bias': [84],
      'output/kernel': [84, 10],
      'output/bias': [10],
    });
    expect(model.countParams()).toBe(61_706);
  });

  it('gives ten probabilities', async () => {
    const images = { data: Uint8Array.from({ length: 2 * 784 }, (_, i) => i % 256), shape: [2, 28, 28, 1] };
    const output = await model.predict(images);
    expect(output.shape).toEqual([2, 10]);
    const row = [...(await output.data())].slice(0, 10);
    expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  });

  it('starts from the same weights for the same seed only', async () => {
    const first = async (seed: number) => [...(await at(buildLenet5({ seed }).weights, 0).read().data())];
    expect(await first(1)).toEqual(await first(1));
    expect(await first(1)).not.toEqual(await first(2));
  });

  it('climbs to its learning rate and ends near zero', () => {
    const { optimizer } = lenet5ForTraining({ seed: 1, settings: LENET5_SETTINGS, trainCount: 55_000 });
    const steps = LENET5_SETTINGS.epochs * Math.ceil(55_000 / LENET5_SETTINGS.batchSize);
    const rates = Array.from({ length: steps }, (_, step) => {
      optimizer.beginStep(step);
      return optimizer.learningRate;
    });
    const highest = Math.max(...rates);
    expect(rates[0]).toBeCloseTo(highest / 25, 6);
    expect(rates.at(-1)).toBeLessThan(highest / 1000);
    expect(rates.indexOf(highest) / steps).toBeCloseTo(0.3, 1);
  });
});
