import { describe, expect, it } from 'vitest';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { NumberStream } from '../../random/index.ts';
import { at } from '../../util/errors.ts';
import { boost } from './boosting.ts';
import { classify, errorOf, NETWORK_PLANS, trainNetwork } from './networks.ts';

/** Bars in ten places, in noise: places 0 to 4 upright, 5 to 9 flat. */
function bars(count: number, seed: number): LabelledImages {
  const numbers = new NumberStream(seed);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const images = new Uint8Array(count * 784);
  labels.forEach((label, image) => {
    const middle = 4 + 5 * (label % 5);
    for (let i = 0; i < 784; i++) {
      const across = label < 5 ? i % 28 : Math.floor(i / 28);
      const ink = Math.abs(across - middle) < 2 ? 180 : 0;
      images[image * 784 + i] = ink + numbers.below(70);
    }
  });
  return { images, labels, imageShape: [28, 28, 1], count };
}

const silent = async () => {};
const ONE_EPOCH = { ...NETWORK_PLANS.lenet1, epochs: 1 };

describe('the convolutional networks of the table', () => {
  it('have as many weights as they say', () => {
    const counts = Object.entries(NETWORK_PLANS).map(([name, { build }]) => [name, build(1).countParams()]);
    expect(Object.fromEntries(counts)).toEqual({
      lenet1: 3246,
      lenet4: 51_050,
      lenet5: 61_706,
      lenet5Distorted: 61_706,
    });
  });

  it('learn, and tell how far they are', async () => {
    const told: number[] = [];
    const network = await trainNetwork(
      { ...NETWORK_PLANS.lenet1, epochs: 8 },
      bars(400, 1),
      1,
      async (done) => {
        told.push(done);
      },
    );
    expect(told).toHaveLength(8 * 4);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    expect(await errorOf([network], bars(100, 2))).toBeLessThan(0.05);
    expect([...(await classify([network, network], bars(10, 3)))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are the same for the same seed, distorted or not', async () => {
    const weightsOf = async (seed: number, distortions = {}) => {
      const network = await trainNetwork({ ...ONE_EPOCH, distortions }, bars(150, 1), seed, silent);
      return [...(await at(network.weights, 0).read().data())];
    };
    const shifted = await weightsOf(1, { shiftPixels: 2 });
    expect(await weightsOf(1, { shiftPixels: 2 })).toEqual(shifted);
    expect(await weightsOf(1)).not.toEqual(shifted);
    expect(await weightsOf(2, { shiftPixels: 2 })).not.toEqual(shifted);
  });

  it('end when they are told to', async () => {
    const stopped = new Error('stopped');
    const stop = () => Promise.reject(stopped);
    await expect(trainNetwork(ONE_EPOCH, bars(20, 1), 1, stop)).rejects.toBe(stopped);
  });
});

describe('boosting', () => {
  const plan = {
    network: NETWORK_PLANS.lenet1,
    epochs: 1,
    distortions: { shiftPixels: 3 },
    wanted: 60,
    maxPasses: 2,
  };

  it('adds two networks, which see what those before them get wrong', async () => {
    const images = bars(100, 1);
    const first = await trainNetwork(ONE_EPOCH, images, 1, silent);
    const told: number[] = [];
    const networks = await boost(first, plan, images, 1, async (done) => {
      told.push(done);
    });
    expect(networks).toHaveLength(3);
    expect(networks[0]).toBe(first);
    expect(told.every((done) => done >= 0 && done <= 1)).toBe(true);
  });

  it('stays alone where there is nothing to learn', async () => {
    const images = bars(100, 1);
    const first = await trainNetwork({ ...NETWORK_PLANS.lenet1, epochs: 30 }, images, 1, silent);
    const undistorted = { ...plan, distortions: {} };
    expect(await boost(first, undistorted, images, 1, silent)).toEqual([first]);
  });
});
