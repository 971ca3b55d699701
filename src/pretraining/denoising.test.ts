import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { key } from '../random/keys.ts';
import { at } from '../util/errors.ts';
import { autoencoder } from './autoencoder.ts';
import { pretrainDenoising } from './denoising.ts';
import { DenoisingLayer } from './denoising-layer.ts';

const stripes = Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? [1, 1, 1, 0, 0, 0] : [0, 0, 0, 1, 1, 1]));

function entropy(p: number): number {
  return -(p * Math.log(p) + (1 - p) * Math.log(1 - p));
}

describe('a denoising layer', () => {
  const layer = new DenoisingLayer({
    visible: 6,
    hidden: 4,
    corruption: 0.5,
    seed: 1,
    learningRate: 0.05,
    steps: 400,
  });

  it('is held to the rows as they were, not to their corrupted copies', () => {
    const whole = tensor(stripes.slice(0, 1));
    const silent = new DenoisingLayer({
      visible: 6,
      hidden: 1,
      corruption: 0,
      seed: 2,
      learningRate: 1,
      steps: 1,
    });
    // nothing is seen at all, yet the loss is that of guessing the row, not that of guessing zeros
    expect(silent.loss(whole, key(1), 1).itemSync()).toBeGreaterThan(0.9 * 6 * entropy(0.5) * 0.9);
  });

  it('fills in what is hidden from it', async () => {
    const rows = tensor(stripes);
    const places = tensor(Int32Array.from({ length: 64 }, (_, i) => i));
    const before = layer.loss(rows, key(5), 0.5).itemSync();
    for (let step = 0; step < 400; step++) layer.update(rows, places, step);
    // one pixel of three is enough to know the stripe; an eighth of the rows shows none
    expect(layer.loss(rows, key(5), 0.5).itemSync()).toBeLessThan(before / 2);
    expect(layer.loss(rows, key(5), 0).itemSync()).toBeLessThan(0.5);
  });
});

describe('pretrainDenoising', () => {
  it('gives layers that an autoencoder begins with', async () => {
    const done: number[] = [];
    const machines = await pretrainDenoising({
      sizes: [6, 4, 2],
      data: stripes,
      corruption: 0.3,
      epochs: 60,
      batchSize: 16,
      learningRate: 0.05,
      seed: 1,
      onProgress: (part) => void done.push(part),
    });
    const { model } = autoencoder({ sizes: [6, 4, 2], seed: 1, codeActivation: 'sigmoid', machines });
    const back = (await model.predict(stripes.slice(0, 2))).dataSync();
    const rounded = [...back].map(Math.round);
    expect(rounded).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
    expect(done.at(-1)).toBe(1);
  });

  it('teaches the next layer from inputs that are whole', async () => {
    const options = { sizes: [6, 3], data: stripes, corruption: 0.5, epochs: 3, seed: 4 };
    const alone = await pretrainDenoising(options);
    const stack = await pretrainDenoising({ ...options, sizes: [6, 3, 2], corruption: [0.5, 0] });
    expect(at(stack, 0).weights).toEqual(at(alone, 0).weights);
    expect(at(stack, 1).weights).toHaveLength(6);
  });

  it('gives the same for the same seed only', async () => {
    const weights = async (seed: number) => {
      const [layer] = await pretrainDenoising({
        sizes: [6, 2],
        data: stripes,
        corruption: 0.2,
        epochs: 2,
        seed,
      });
      return layer?.weights;
    };
    expect(await weights(1)).toEqual(await weights(1));
    expect(await weights(1)).not.toEqual(await weights(2));
  });

  it('ends when told to', async () => {
    const stop = new AbortController();
    stop.abort();
    const first = { sizes: [6, 2], data: stripes, corruption: 0.2, seed: 3 };
    const stopped = await pretrainDenoising({ ...first, signal: stop.signal });
    const untrained = await pretrainDenoising({ ...first, epochs: 0 });
    expect(at(stopped, 0).weights).toEqual(at(untrained, 0).weights);
  });

  it('refuses what it cannot learn from', async () => {
    const options = { sizes: [6, 2], data: stripes, corruption: 0.2, seed: 1 };
    await expect(pretrainDenoising({ ...options, sizes: [6] })).rejects.toThrow(/at least one layer/);
    await expect(pretrainDenoising({ ...options, corruption: 1 })).rejects.toThrow(/corruption in \[0, 1\)/);
    await expect(pretrainDenoising({ ...options, corruption: [0.1, 0.2] })).rejects.toThrow(
      /one or 1 of them/,
    );
    await expect(pretrainDenoising({ ...options, data: [[255, 0, 0, 0, 0, 0]] })).rejects.toThrow(
      /in \[0, 1\]/,
    );
  });
});
