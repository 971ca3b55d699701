import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../../test/support/golden.ts';
import { layerOf } from '../../../test/support/layer-golden.ts';
import { tensor } from '../../ops/create.ts';
import { mul } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { gradients } from '../../tensor/gradient.ts';
import { at } from '../../util/errors.ts';
import * as layers from '../index.ts';
import { layerToConfig } from '../layer-config.ts';
import type { AdaptBatch } from './adapt-data.ts';
import { Discretization } from './discretization.ts';
import { Normalization } from './normalization.ts';

interface EncodingCase {
  readonly kind: string;
  readonly options: object;
  readonly adapt: readonly GoldenArray[];
  readonly arguments: Readonly<Record<string, GoldenArray>>;
  readonly x: GoldenArray;
  readonly y: GoldenArray;
  readonly weights: readonly GoldenArray[];
  readonly binBoundaries: GoldenArray | null;
  readonly cotangent?: GoldenArray;
  readonly slopeOfX?: GoldenArray;
}

describe.each(readGolden<EncodingCase[]>('layers/encoding.json'))('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    const layer = layerOf(layers, golden);
    const batches = golden.adapt.map(goldenTensor);
    if (layer instanceof Normalization || layer instanceof Discretization) {
      if (batches.length > 0) await layer.adapt(batches);
    }
    const x = goldenTensor(golden.x);
    const given = Object.entries(golden.arguments).map(([name, value]) => [name, goldenTensor(value)]);
    await expectGolden(layer.apply(x, Object.fromEntries(given)), golden.y);
    expect(layer.weights.map(({ shape }) => shape)).toEqual(golden.weights.map(({ shape }) => shape));
    for (const [i, weight] of layer.weights.entries()) {
      await expectGolden(weight.read(), at(golden.weights, i));
    }
    if (layer instanceof Discretization && golden.binBoundaries) {
      await expectGolden(tensor([...(layer.binBoundaries ?? [])]), golden.binBoundaries);
    }
    if (!golden.cotangent || !golden.slopeOfX) return;
    const total = sum(mul(layer.apply(x), goldenTensor(golden.cotangent)));
    await expectGolden(at(gradients(total, [x]), 0), golden.slopeOfX);
  });
});

describe('adapt', () => {
  const rows = [
    [1, 2],
    [3, 6],
    [5, 1],
  ];
  const found = async (data: Parameters<Normalization['adapt']>[0], steps?: number) => {
    const layer = layers.normalization();
    await layer.adapt(data, steps === undefined ? {} : { steps });
    return layer
      .getWeights()
      .slice(0, 2)
      .map((weight) => weight.arraySync());
  };
  async function* stream(): AsyncGenerator<AdaptBatch> {
    yield [
      { data: Float32Array.of(1, 2, 3, 6), shape: [2, 2] },
      { data: Uint8Array.of(0, 1), shape: [2] },
    ];
    yield { data: Float32Array.of(5, 1), shape: [1, 2] };
  }

  it('takes arrays, tensors, lists of batches, and datasets', async () => {
    const expected = await found(rows);
    expect(await found(tensor(rows))).toEqual(expected);
    expect(await found([tensor(rows.slice(0, 2)), tensor(rows.slice(2))])).toEqual(expected);
    expect(await found(stream())).toEqual(expected);
    expect(await found(stream(), 1)).toEqual(await found(rows.slice(0, 2)));
    expect(expected[0]).toEqual([3, 3]);
  });

  it('forgets what it had found, and keeps bins in the description', async () => {
    const bins = layers.discretization({ numBins: 2 });
    await bins.adapt([1, 2, 3, 4]);
    await bins.adapt(Float32Array.of(10, 20, 30, 40));
    expect(bins.binBoundaries).toEqual([20]);
    expect(layerToConfig(bins).config).toMatchObject({ binBoundaries: [20], numBins: 2 });
    expect(bins.apply([15, 20, 99]).arraySync()).toEqual([0, 1, 1]);
  });

  it('refuses what makes no sense', async () => {
    await expect(found([] as AdaptBatch[])).rejects.toThrow(
      'normalization (normalization).adapt: expected at least one batch, got none',
    );
    await expect(layers.normalization({ mean: 1, variance: 1, axis: null }).adapt(rows)).rejects.toThrow(
      'expected a layer without the options mean and variance, got one that has them',
    );
    await expect(found([tensor(rows), tensor([[1, 2, 3]])])).rejects.toThrow(
      'input: expected what it was built for: [batch, 2], got [1, 3]',
    );
    await expect(layers.discretization({ binBoundaries: [1] }).adapt([1])).rejects.toThrow(
      'expected a layer with the option numBins, got one with binBoundaries',
    );
    expect(() => layers.discretization({ numBins: 2 }).apply([1])).toThrow(
      'expected known bins, got none yet; give binBoundaries, or call adapt(data) first',
    );
  });
});

describe('options', () => {
  it('that make no sense are refused', () => {
    expect(() => layers.normalization({ mean: 1 })).toThrow(
      'normalization: expected mean and variance, or neither, got mean alone',
    );
    expect(() => layers.normalization({ mean: [1, 2], variance: [1] })).toThrow(
      'of one shape, of at most 1 axes',
    );
    expect(() => layers.categoryEncoding({ numTokens: 2, outputMode: 'int' as 'count' })).toThrow(
      "categoryEncoding: expected an outputMode, got 'int'",
    );
    expect(() => layers.categoryEncoding({ numTokens: 2 }).apply([[1]], { countWeights: [[1]] })).toThrow(
      "expected countWeights only with outputMode 'count', got 'multiHot'",
    );
    expect(() => layers.discretization({})).toThrow('expected binBoundaries or numBins, got neither');
    expect(() => layers.discretization({ binBoundaries: [2, 1] })).toThrow('in ascending order, got [2,1]');
  });
});
