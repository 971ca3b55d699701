import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayer, type LayerCase } from '../../../test/support/layer-golden.ts';
import { averagePooling2d, maxPooling2d } from './pooling2d.ts';

const FACTORIES: Record<string, typeof maxPooling2d> = { averagePooling2d, maxPooling2d };

describe.each(readGolden<LayerCase[]>('layers/pooling.json'))('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    const make = FACTORIES[golden.kind];
    expect(make).toBeDefined();
    if (make) await expectLayer(make(golden.options), golden);
  });
});

describe('pooling', () => {
  it('refuses what makes no sense', () => {
    expect(() => maxPooling2d({ poolSize: 0 })).toThrow(
      'maxPooling2d: expected poolSize, one or two whole numbers',
    );
    expect(() => averagePooling2d({ size: 2 } as object)).toThrow(
      "averagePooling2d: expected an option it knows, got 'size'",
    );
    expect(() => maxPooling2d().computeOutputShape([null, 1, 1, 1])).toThrow(
      'max_pooling2d (maxPooling2d), maxPool2d: expected a window no larger than the padded input [1, 1], got [2, 2]',
    );
  });
});
