import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayerOf, type LayerCase } from '../../../test/support/layer-golden.ts';
import { batchNormalization } from './batch-normalization.ts';
import { groupNormalization } from './group-normalization.ts';
import { layerNormalization, rmsNormalization } from './layer-normalization.ts';
import { localResponseNormalization } from './local-response-normalization.ts';
import { unitNormalization } from './unit-normalization.ts';

const FACTORIES = {
  batchNormalization,
  groupNormalization,
  layerNormalization,
  localResponseNormalization,
  rmsNormalization,
  unitNormalization,
};
const CASES = ['normalization', 'local-response'].flatMap((name) =>
  readGolden<LayerCase[]>(`layers/${name}.json`),
);

describe.each(CASES)('$kind $options', (golden) => {
  it('is that of the golden case', async () => {
    await expectLayerOf(FACTORIES, golden);
  });
});

describe('normalizations', () => {
  it('scale along any axes', async () => {
    const layer = rmsNormalization({ axis: 1, epsilon: 0 });
    layer.build([null, 2, 1]);
    layer.setWeights([[1, 2]]);
    expect(await layer.apply([[[3], [-3]]]).array()).toEqual([[[1], [-2]]]);
  });

  it('refuse what makes no sense', () => {
    expect(() => groupNormalization({ groups: 0 })).toThrow(
      'groupNormalization: expected groups, a whole number >= 1, or -1, got 0',
    );
    expect(() => groupNormalization().build([null, 6])).toThrow(
      'group_normalization (groupNormalization), input: expected channels that 32 groups share evenly, got [batch, 6]; choose groups that divide 6',
    );
    expect(() => layerNormalization({ axis: 2 }).build([null, 6])).toThrow(
      'expected an axis in [-2, 1], got 2',
    );
    expect(() => rmsNormalization({ epsilon: -1 })).toThrow(
      'rmsNormalization: expected epsilon >= 0, got -1',
    );
    expect(() => localResponseNormalization({ k: 0 })).toThrow('expected k > 0');
  });
});
