import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayer, type LayerCase } from '../../../test/support/layer-golden.ts';
import type { ActivationName } from '../../activations/resolve.ts';
import { ones, tensor } from '../../ops/create.ts';
import { mul } from '../../ops/math/arithmetic.ts';
import type { Layer } from '../layer.ts';
import { rescaling } from '../preprocessing/rescaling.ts';
import { activation } from './activation.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import { input } from './input.ts';
import { reshape } from './reshape.ts';

const FACTORIES: Record<string, (options: never) => Layer> = {
  activation,
  dense,
  dropout,
  flatten,
  rescaling,
  reshape,
};

describe.each(readGolden<LayerCase[]>('layers/core.json'))('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    const make = FACTORIES[golden.kind];
    await expectLayer((make as (options: object) => Layer)(golden.options), golden);
  });
});

describe('dense', () => {
  it('takes bytes', async () => {
    const layer = dense({ units: 1, kernelInitializer: 'ones' });
    expect(await layer.apply(tensor([[250, 5]], 'uint8')).array()).toEqual([[255]]);
  });

  it('can compute in double precision', () => {
    const layer = dense({ units: 1, dtype: 'float64' });
    expect(layer.apply([[1, 2]]).dtype).toBe('float64');
  });

  it('refuses what makes no sense', () => {
    expect(() => dense({ units: 0 })).toThrow('dense: expected units, a whole number >= 1, got 0');
    expect(() => dense({} as never)).toThrow('dense: expected the option units, got none');
    expect(() => dense({ units: 1, unit: 2 } as never)).toThrow("got 'unit'; did you mean 'units'?");
    expect(() => dense({ units: 1, activation: 'rellu' as ActivationName })).toThrow("did you mean 'relu'?");
    expect(() => dense({ units: 1 }).apply([1, 2])).toThrow(
      'dense (dense), input: expected [batch, ..., features], got [batch]; put layers.reshape({ targetShape }) before it',
    );
  });

  it('keeps to the inputs it was built for', () => {
    const layer = dense({ units: 1, name: 'f6' });
    layer.build([null, 3]);
    expect(() => layer.apply([[1, 2]])).toThrow(
      'f6 (dense), input: expected 3 on the last axis, as it was built for [batch, 3], got [1, 2]',
    );
  });
});

describe('dropout', () => {
  const drop = async (layer: Layer, training: boolean) => [
    ...(await layer.apply(ones([2, 500]), { training }).data()),
  ];

  it('is the identity outside training', async () => {
    expect(await drop(dropout({ rate: 0.5 }), false)).toEqual(new Array(1000).fill(1));
  });

  it('drops its part and scales the rest', async () => {
    const values = await drop(dropout({ rate: 0.25 }), true);
    const kept = values.filter((value) => value !== 0);
    expect(kept.every((value) => Math.abs(value - 4 / 3) < 1e-6)).toBe(true);
    expect(Math.abs(kept.length / 1000 - 0.75)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 1000));
  });

  it('draws anew at every call, and the same for the same seed', async () => {
    const [first, second] = [dropout({ rate: 0.5, seed: 1 }), dropout({ rate: 0.5, seed: 1 })];
    const draws = [await drop(first, true), await drop(first, true)];
    expect(draws[0]).not.toEqual(draws[1]);
    expect([await drop(second, true), await drop(second, true)]).toEqual(draws);
    expect(await drop(dropout({ rate: 0.5, seed: 2 }), true)).not.toEqual(draws[0]);
  });

  it('drops together along axes of 1', async () => {
    const values = await drop(dropout({ rate: 0.5, noiseShape: [null, 1] }), true);
    expect(new Set(values.slice(0, 500)).size).toBe(1);
  });

  it('has a state that is no weight', () => {
    const layer = dropout({ rate: 0.5 });
    layer.build([null, 2]);
    expect(layer.weights).toEqual([]);
    expect(layer.seedStates.map(({ name, shape, dtype }) => [name, shape, dtype])).toEqual([
      ['dropout/seed_generator_state', [2], 'int32'],
    ]);
  });

  it('refuses a rate that leaves nothing', () => {
    expect(() => dropout({ rate: 1 })).toThrow('dropout: expected rate in [0, 1), got 1');
  });
});

describe('the others', () => {
  it('turn bytes into floats', async () => {
    const layer = rescaling({ scale: 1 / 255 });
    const result = layer.apply(tensor([[0, 51, 255]], 'uint8'));
    expect(result.dtype).toBe('float32');
    expect([...(await result.data())].map((x) => x.toFixed(6))).toEqual(['0.000000', '0.200000', '1.000000']);
  });

  it('take an activation by name, in options, or as a function', async () => {
    const twice = activation((x) => mul(x, 2));
    expect(await twice.apply([[1]]).array()).toEqual([[2]]);
    expect(
      await activation({ activation: 'relu', name: 'a' })
        .apply([[-1]])
        .array(),
    ).toEqual([[0]]);
    expect(() => activation('softmx' as ActivationName)).toThrow("did you mean 'softmax'?");
  });

  it('refuse shapes that do not fit', () => {
    expect(() => reshape({ targetShape: [-1, -1] })).toThrow(
      'reshape: expected targetShape of whole extents',
    );
    expect(() => reshape({ targetShape: [4] }).apply([[1, 2, 3]])).toThrow(/^reshape \(reshape\), /);
    expect(() => input([28, 28] as never)).toThrow('input: expected the option shape');
    expect(() => dense({ units: 1, inputShape: [0] })).toThrow('inputShape of whole extents > 0');
    expect(() => dense({ units: 1, name: 'a/b' })).toThrow("dense: expected a name without /, got 'a/b'");
    expect(() => dense({ units: 1, dtype: 'int32' as 'float32' })).toThrow('dense: expected a float dtype');
  });
});
