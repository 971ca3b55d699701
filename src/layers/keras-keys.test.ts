import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/support/golden.ts';
import { sampleLayer } from '../../test/support/sample-layer.ts';
import * as layers from './index.ts';
import { kerasKey, ownKey } from './keras-keys.ts';
import { layerToConfig } from './layer-config.ts';

/** Options that each layer of Keras has, by class. */
const KERAS = readGolden<Readonly<Record<string, readonly string[]>>>('layers/config-keys.json');

const OF_ALL_LAYERS = ['name', 'trainable', 'dtype'];

/** What we have and Keras has not: one-dimensional layers that take channels first. */
const OURS_ALONE = ['data_format'];

describe.each(Object.entries(layers))('%s', (name, factory) => {
  it('has options of Keras, by its names', () => {
    const { type, config } = layerToConfig(sampleLayer(name, factory as (options: never) => unknown));
    const own = Object.keys(config).filter((key) => !OF_ALL_LAYERS.includes(key));
    for (const key of own) expect(ownKey(kerasKey(key))).toBe(key);
    const known = KERAS[type];
    if (known) expect([...known, ...OURS_ALONE]).toEqual(expect.arrayContaining(own.map(kerasKey)));
  });
});

describe('names of options', () => {
  it('come and go', () => {
    expect(kerasKey('kernelInitializer')).toBe('kernel_initializer');
    expect(ownKey('use_causal_mask')).toBe('useCausalMask');
    expect(kerasKey('keepDims')).toBe('keepdims');
    expect(ownKey('keepdims')).toBe('keepDims');
    expect(ownKey('dense_1_loss')).toBe('dense1Loss');
  });

  it('of Keras are all known again', () => {
    for (const key of Object.values(KERAS).flat()) expect(kerasKey(ownKey(key))).toBe(key);
  });
});
