import { describe, expect, it } from 'vitest';
import { expectGolden } from '../../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../../test/support/golden.ts';
import { layerOf } from '../../../test/support/layer-golden.ts';
import { tensor } from '../../ops/create.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { symbolicInput } from '../core/input.ts';
import * as layers from '../index.ts';
import type { HostLayer } from './host-layer.ts';
import type { Texts } from './tokens.ts';

interface HashingCase {
  readonly kind: string;
  readonly options: object;
  readonly x: Texts;
  readonly y: GoldenArray;
}

describe.each(readGolden<HashingCase[]>('layers/hashing.json'))('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    const layer = layerOf(layers, golden) as HostLayer;
    await expectGolden(layer.apply(golden.x), golden.y);
  });
});

describe('layers on the host', () => {
  const layer = layers.hashing({ numBins: 10 });

  it('take tensors of numbers, and strings, and give int32', () => {
    const given = layer.apply(tensor([[1, 2]], 'int32'));
    expect([given.dtype, given.shape]).toEqual(['int32', [1, 2]]);
    expect(given.arraySync()).toEqual([layer.apply(['1', '2']).arraySync()]);
    expect(layer.apply('text').shape).toEqual([]);
  });

  it('stay outside of models and compiled programs', () => {
    const message =
      /^hashing \(hashing\), apply: expected arrays on the host: this layer works outside of models and compiled programs, got a tensor inside one; apply it to the data before, for instance with dataset.map/;
    expect(() => layer.apply(symbolicInput({ shape: [2] }))).toThrow(message);
    expect(() => jit((x: Tensor) => layer.apply(x))(tensor([1]))).toThrow(message);
    expect(() => layer.computeOutputShape([null, 2])).toThrow(message);
  });

  it('refuse what makes no sense', () => {
    expect(() => layer.apply([['a'], ['b', 'c']])).toThrow(
      'expected arrays of equal length in every row (shape [2, 1] by the first), got a row of 2',
    );
    expect(() => layer.apply(['a', 1 as never])).toThrow('texts: a string, or arrays of strings, got number');
    expect(() => layers.hashing({ numBins: 0 })).toThrow(
      'hashing: expected numBins, a whole number >= 1, got 0',
    );
    expect(() => layers.hashing({ numBins: 2, outputMode: 'hot' as 'oneHot' })).toThrow(
      'expected an outputMode',
    );
    const crossing = layers.hashedCrossing({ numBins: 3 });
    expect(() => crossing.apply([['a']])).toThrow('expected a list of at least two features, got 1');
    expect(() => crossing.apply([['a'], ['a', 'b']])).toThrow('[], [batch] or [batch, 1], got [1], [2]');
  });
});
