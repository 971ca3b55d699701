import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../../test/support/golden.ts';
import { layerOf } from '../../../test/support/layer-golden.ts';
import { at } from '../../util/errors.ts';
import { conv2d } from '../conv/conv.ts';
import { dense } from '../core/dense.ts';
import { flatten } from '../core/flatten.ts';
import type { Layer } from '../layer.ts';
import { spectralNormalization } from './spectral-normalization.ts';

interface Case {
  readonly layer: { readonly kind: string; readonly options: object };
  readonly powerIterations: number;
  readonly calls: number;
  readonly x: GoldenArray;
  readonly names: readonly string[];
  readonly weights: readonly GoldenArray[];
  readonly y: GoldenArray;
  readonly after: readonly GoldenArray[];
}

describe.each(readGolden<Case[]>('layers/spectral-normalization.json'))(
  '$layer $powerIterations',
  (golden) => {
    it('is that of Keras', async () => {
      const { powerIterations } = golden;
      const layer = spectralNormalization({
        layer: layerOf({ conv2d, dense }, golden.layer),
        powerIterations,
      });
      const x = goldenTensor(golden.x);
      layer.build([null, ...x.shape.slice(1)]);
      expect(layer.weights.map(({ name }) => at(name.split('/'), -1))).toEqual(golden.names);
      layer.setWeights(golden.weights.map(goldenTensor));
      for (let i = 1; i < golden.calls; i++) layer.apply(x, { training: true });
      await expectGolden(layer.apply(x, { training: true }), golden.y);
      for (const [i, weight] of layer.getWeights().entries()) await expectGolden(weight, at(golden.after, i));
      await expectGolden(layer.apply(x), golden.y);
    });
  },
);

describe('spectralNormalization', () => {
  it('leaves a kernel of zeros alone', async () => {
    const layer = spectralNormalization({ layer: dense({ units: 2, kernelInitializer: 'zeros' }) });
    expect(await layer.apply([[1, 2]], { training: true }).array()).toEqual([[0, 0]]);
    const [, vector] = layer.getWeights();
    expect((await vector?.data())?.every((value) => value !== 0)).toBe(true);
  });

  it('refuses what makes no sense', () => {
    expect(() => spectralNormalization({ layer: flatten() }).build([null, 2])).toThrow(
      'expected a layer with a kernel or embeddings, got flatten (flatten)',
    );
    expect(() => spectralNormalization({ layer: dense({ units: 1 }), powerIterations: 0 })).toThrow(
      'spectralNormalization: expected powerIterations, a whole number >= 1, got 0',
    );
    expect(() => spectralNormalization({ layer: 'dense' as unknown as Layer })).toThrow(
      'spectralNormalization: expected a layer, got string',
    );
  });
});
