import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayerOf, type LayerCase } from '../../../test/support/layer-golden.ts';
import { fullLike, ones, zeros } from '../../ops/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { alphaDropout } from './alpha-dropout.ts';
import { gaussianDropout, gaussianNoise } from './gaussian.ts';
import { spatialDropout1d, spatialDropout2d, spatialDropout3d } from './spatial-dropout.ts';

const FACTORIES = {
  alphaDropout,
  gaussianDropout,
  gaussianNoise,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
};

/** Standard errors that a figure of random values may be away from what is expected. */
const BOUND = 5;

async function figures(values: Tensor) {
  const list = Array.from(await values.data());
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length;
  const variance = list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / list.length;
  return { mean, variance, list, error: 1 / Math.sqrt(list.length) };
}

describe.each(readGolden<LayerCase[]>('layers/regularization.json'))('$kind $options', (golden) => {
  it('is that of Keras outside of training', async () => {
    await expectLayerOf(FACTORIES, golden);
  });
});

describe('in training', () => {
  const training = { training: true };

  it('gaussianNoise adds', async () => {
    const { mean, variance, error } = await figures(
      gaussianNoise({ stddev: 0.5 }).apply(fullLike(zeros([64, 128]), 3), training),
    );
    expect(Math.abs(mean - 3)).toBeLessThan(BOUND * 0.5 * error);
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(BOUND * Math.SQRT2 * error);
  });

  it('gaussianDropout multiplies', async () => {
    const { mean, variance, error } = await figures(
      gaussianDropout({ rate: 0.2 }).apply(fullLike(zeros([64, 128]), 2), training),
    );
    expect(Math.abs(mean - 2)).toBeLessThan(BOUND * error);
    expect(Math.abs(variance - 1)).toBeLessThan(BOUND * Math.SQRT2 * error); // 2^2 * 0.2 / 0.8
  });

  it('alphaDropout gives what Keras gives an element that is kept, or dropped', async () => {
    const { kept, dropped, rate } = readGolden<{ kept: number; dropped: number; rate: number }>(
      'layers/alpha-dropout.json',
    );
    const { list, error } = await figures(alphaDropout({ rate }).apply(ones([64, 128]), training));
    const isKept = list.map((value) => Math.abs(value - kept) < 1e-5);
    expect(list.every((value, i) => at(isKept, i) || Math.abs(value - dropped) < 1e-5)).toBe(true);
    expect(Math.abs(isKept.filter(Boolean).length / list.length - (1 - rate))).toBeLessThan(BOUND * error);
  });

  it('alphaDropout drops together where the noise is shared', async () => {
    const y = await alphaDropout({ rate: 0.5, noiseShape: [null, 1] })
      .apply(ones([8, 4]), training)
      .array();
    for (const row of y as number[][]) expect(new Set(row).size).toBe(1);
  });

  it.each([
    ['spatialDropout1d', spatialDropout1d({ rate: 0.5 }), [2, 3, 16]],
    ['spatialDropout2d', spatialDropout2d({ rate: 0.5 }), [2, 3, 2, 16]],
    ['spatialDropout3d', spatialDropout3d({ rate: 0.5 }), [1, 2, 3, 2, 32]],
  ])('%s drops whole channels', async (_name, layer, shape) => {
    const values = Array.from(await layer.apply(ones(shape), training).data());
    const channels = at(shape, -1);
    const first = values.slice(0, channels);
    expect(new Set(first)).toEqual(new Set([0, 2]));
    const positions = shape.slice(1, -1).reduce((product, extent) => product * extent, 1);
    for (let place = 1; place < positions; place++) {
      expect(values.slice(place * channels, (place + 1) * channels)).toEqual(first);
    }
  });

  it('spatialDropout2d knows channels before pixels', async () => {
    const layer = spatialDropout2d({ rate: 0.5, dataFormat: 'channelsFirst' });
    const y = (await layer.apply(ones([1, 8, 2, 2]), training).array()) as number[][][][];
    for (const channel of at(y, 0)) expect(new Set(channel.flat()).size).toBe(1);
  });

  it('refuse what makes no sense', () => {
    expect(() => gaussianNoise({ stddev: 2 })).toThrow('gaussianNoise: expected stddev in [0, 1], got 2');
    expect(() => gaussianDropout({ rate: 1 })).toThrow('gaussianDropout: expected rate in [0, 1), got 1');
    expect(() => alphaDropout({ rate: -1 })).toThrow('alphaDropout: expected rate in [0, 1), got -1');
    expect(() => spatialDropout1d({ rate: 1 })).toThrow('spatialDropout1d: expected rate in [0, 1), got 1');
  });
});
