import { avgPool2d, maxPool2d } from '../../ops/pool.ts';
import { defineLayer } from '../define-layer.ts';
import { requirePadding, requirePair } from '../requirements.ts';
import type { Padding, Pair } from '../window.ts';

/** Options of the two-dimensional poolings. */
export interface Pooling2dConfig {
  /** Height and width of the window, in pixels. Default 2. */
  readonly poolSize: Pair;
  /** Default the window: windows side by side. */
  readonly strides: Pair | null;
  readonly padding: Padding;
}

function definePooling(type: string, pool: typeof maxPool2d) {
  return defineLayer({
    type,
    defaults: { poolSize: 2, strides: null, padding: 'valid' },
    input: '[batch, height, width, channels]',
    check({ poolSize, strides, padding }: Pooling2dConfig, where) {
      requirePair(poolSize, 'poolSize', where);
      if (strides !== null) requirePair(strides, 'strides', where);
      requirePadding(padding, where);
    },
    call({ config: { poolSize, strides, padding } }, x) {
      return pool(x, { poolSize, strides: strides ?? poolSize, padding });
    },
  });
}

/**
 * The largest of every window: [batch, height, width, channels] to [batch, height', width', channels]. As
 * Keras 3.
 */
export const maxPooling2d = definePooling('MaxPooling2D', maxPool2d);

/**
 * The mean of every window, padded places left out: [batch, height, width, channels] to [batch, height',
 * width', channels]. As Keras 3.
 */
export const averagePooling2d = definePooling('AveragePooling2D', avgPool2d);
