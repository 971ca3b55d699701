import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayerOf, type LayerCase } from '../../../test/support/layer-golden.ts';
import * as borders from './borders.ts';
import { permute } from './permute.ts';
import { repeatVector } from './repeat-vector.ts';
import * as upSampling from './up-sampling.ts';

const FACTORIES = { ...borders, ...upSampling, permute, repeatVector };
const CASES = ['borders', 'reshaping'].flatMap((name) => readGolden<LayerCase[]>(`layers/${name}.json`));

describe.each(CASES)('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    await expectLayerOf(FACTORIES, golden);
  });
});

describe('borders', () => {
  it('refuse what makes no sense', () => {
    expect(() => borders.zeroPadding1d({ padding: -1 })).toThrow(
      'zeroPadding1d: expected padding: a whole number >= 0, or two of them, got -1',
    );
    expect(() => borders.zeroPadding2d({ padding: [1, 2, 3] as never })).toThrow(
      'zeroPadding2d: expected padding: a whole number >= 0, or 2 of them, or 2 pairs [before, behind], got [1,2,3]',
    );
    expect(() => borders.cropping2d({ cropping: 2 }).computeOutputShape([null, 4, 8, 1])).toThrow(
      'cropping2d (cropping2d), input: expected more elements than cropping [[0,0],[2,2],[2,2],[0,0]] takes off',
    );
    expect(() => borders.cropping3d({ dataFormat: 'channelFirst' as 'channelsFirst' })).toThrow(
      "did you mean 'channelsFirst'?",
    );
  });
});

describe('permute', () => {
  it('refuses what is no order of the axes', () => {
    expect(() => permute({ dims: [0, 1] })).toThrow('permute: expected dims, the axes from 1 up to 2');
    expect(() => permute({ dims: [2, 1] }).computeOutputShape([null, 4])).toThrow(
      'permute (permute), input: expected a batch axis and 2 others',
    );
  });
});

describe('enlarging', () => {
  it('refuses what makes no sense', () => {
    expect(() => upSampling.upSampling2d({ interpolation: 'linear' as 'bilinear' })).toThrow(
      "upSampling2d: expected an interpolation, got 'linear'",
    );
    expect(() => upSampling.upSampling3d({ size: [1, 2] as never })).toThrow(
      'upSampling3d: expected size, one or three whole numbers >= 1, got [1, 2]',
    );
    expect(() => repeatVector({ n: 0 })).toThrow('repeatVector: expected n, a whole number >= 1, got 0');
  });
});
