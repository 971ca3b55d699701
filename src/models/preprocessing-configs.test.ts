import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/support/golden.ts';
import { layerFromKeras } from '../io/keras/layer-from-keras.ts';
import { layerToKeras } from '../io/keras/layer-to-keras.ts';
import { layerFromConfig } from './from-config.ts';

interface Written {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What Keras writes and ours need not: it is the same for all, or follows from the rest. */
const BESIDE = ['dtype', 'trainable', 'sparse', 'ragged', 'encoding', 'oov_method', 'vocabulary_size'];
const NEUTRAL = [null, 'int64'];

describe.each(readGolden<Written[]>('layers/preprocessing-configs.json'))('$class_name', (written) => {
  it('comes from Keras, and goes there again', () => {
    const layer = layerFromConfig(layerFromKeras(written, 'test'));
    const { class_name: className, config } = layerToKeras(layer);
    expect(className).toBe(written.class_name);
    const own = Object.entries(written.config).filter(
      ([name, value]) => !BESIDE.includes(name) && !NEUTRAL.includes(value as null),
    );
    expect(config).toMatchObject(Object.fromEntries(own));
  });
});
