import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayerOf, type LayerCase } from '../../../test/support/layer-golden.ts';
import * as adaptive from './adaptive-pooling.ts';
import * as whole from './global-pooling.ts';
import * as pooling from './pooling.ts';

const FACTORIES = { ...pooling, ...whole, ...adaptive };
const CASES = ['pooling', 'global-pooling', 'adaptive-pooling'].flatMap((name) =>
  readGolden<LayerCase[]>(`layers/${name}.json`),
);

describe.each(CASES)('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    await expectLayerOf(FACTORIES, golden);
  });
});

const { averagePooling2d, maxPooling2d } = pooling;

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
