import { describe, expect, it } from 'vitest';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { NumberStream } from '../../random/index.ts';
import { at } from '../../util/errors.ts';
import { CODE_SHAPE, CODES } from './codes.ts';
import { classify, errorOn, firstOf } from './experiment.ts';
import { buildNetwork, weightsOf } from './network.ts';
import { trainerOf } from './training.ts';

/** The codes themselves as images, twice as large and in random places. */
function printed(count: number, seed: number): LabelledImages {
  const numbers = new NumberStream(seed);
  const images = new Uint8Array(count * 784);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const { height, width } = CODE_SHAPE;
  labels.forEach((label, image) => {
    const [left, top] = [4 + numbers.below(6), numbers.below(5)];
    for (let i = 0; i < 4 * height * width; i++) {
      const [x, y] = [i % (2 * width), Math.floor(i / (2 * width))];
      const ink = at(CODES, (label * height + (y >> 1)) * width + (x >> 1));
      images[image * 784 + (top + y) * 28 + left + x] = ink > 0 ? 255 : 0;
    }
  });
  return { images, labels, imageShape: [28, 28, 1], count };
}

const silent = async () => {};

describe('training image by image', () => {
  it('learns printed characters in two passes', async () => {
    const network = buildNetwork(3);
    const trainPass = trainerOf(network);
    const images = printed(500, 1);
    const first = await trainPass({ images, rate: 5e-4, seed: 3, number: 1 }, silent);
    const second = await trainPass({ images, rate: 2e-4, seed: 3, number: 2 }, silent);
    expect(second.loss).toBeLessThan(first.loss / 2);
    expect(await errorOn(network, printed(200, 2))).toBeLessThan(0.05);
    expect([...(await classify(network, firstOf(images, 10)))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    // no rate is above eta / mu
    expect(first.rates[1]).toBeLessThanOrEqual(5e-4 / 0.2 + 1e-9);
    expect(first.rates[0]).toBeGreaterThan(0);
  });

  it('is the same again for the same seed', async () => {
    const weightAfter = async (seed: number) => {
      const network = buildNetwork(1);
      await trainerOf(network)({ images: printed(60, 1), rate: 5e-4, seed, number: 1 }, silent);
      return [...(await at(weightsOf(network), 0).kernel.read().data())];
    };
    const first = await weightAfter(1);
    expect(await weightAfter(1)).toEqual(first);
    expect(await weightAfter(2)).not.toEqual(first);
  });

  it('ends when it is told to', async () => {
    const stopped = new Error('stopped');
    const trainPass = trainerOf(buildNetwork(1));
    const pass = { images: printed(20, 1), rate: 5e-4, seed: 1, number: 1 };
    await expect(trainPass(pass, () => Promise.reject(stopped))).rejects.toBe(stopped);
  });
});
