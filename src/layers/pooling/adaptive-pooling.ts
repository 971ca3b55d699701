import { adaptiveAvgPool, adaptiveMaxPool } from '../../ops/nn/adaptive-pool.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type DataFormat, requireDataFormat, withChannelsLast } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requireExtents } from '../requirements.ts';
import {
  asExtents,
  type Extents,
  type Line,
  type Plane,
  type SpatialRank,
  spatialLayout,
  type Volume,
} from '../window.ts';

/** Options of the adaptive poolings; `Size` has a number for each spatial axis. */
export interface AdaptivePoolingConfig<Size extends readonly number[]> {
  /** Extents of the result; the windows share out the input among them. */
  readonly outputSize: Extents<Size>;
  readonly dataFormat: DataFormat;
}

function defineAdaptivePooling<Size extends readonly number[]>(
  type: string,
  rank: SpatialRank,
  pool: (x: Tensor, outputSize: readonly number[]) => Tensor,
) {
  return defineLayer({
    type: `${type}${rank}D`,
    required: ['outputSize'],
    defaults: { dataFormat: 'channelsLast' },
    input: spatialLayout(rank),
    check({ outputSize, dataFormat }: AdaptivePoolingConfig<Size>, where) {
      requireExtents(outputSize, rank, { option: 'outputSize', where });
      requireDataFormat(dataFormat, where);
    },
    call: ({ config }, x) =>
      withChannelsLast(x, config.dataFormat, (image) => pool(image, asExtents(config.outputSize, rank))),
  });
}

/** Means of as many windows as wanted: [batch, steps, channels] to [batch, outputSize, channels]. As Keras 3. */
export const adaptiveAveragePooling1d = defineAdaptivePooling<Line>(
  'AdaptiveAveragePooling',
  1,
  adaptiveAvgPool,
);

/**
 * Means of as many windows as wanted: [batch, height, width, channels] to [batch, ...outputSize, channels]. As
 * Keras 3.
 */
export const adaptiveAveragePooling2d = defineAdaptivePooling<Plane>(
  'AdaptiveAveragePooling',
  2,
  adaptiveAvgPool,
);

/**
 * Means of as many windows as wanted: [batch, depth, height, width, channels] to [batch, ...outputSize,
 * channels]. As Keras 3.
 */
export const adaptiveAveragePooling3d = defineAdaptivePooling<Volume>(
  'AdaptiveAveragePooling',
  3,
  adaptiveAvgPool,
);

/**
 * The largest of as many windows as wanted: [batch, steps, channels] to [batch, outputSize, channels]. As
 * Keras 3.
 */
export const adaptiveMaxPooling1d = defineAdaptivePooling<Line>('AdaptiveMaxPooling', 1, adaptiveMaxPool);

/**
 * The largest of as many windows as wanted: [batch, height, width, channels] to [batch, ...outputSize, channels].
 * As Keras 3.
 */
export const adaptiveMaxPooling2d = defineAdaptivePooling<Plane>('AdaptiveMaxPooling', 2, adaptiveMaxPool);

/**
 * The largest of as many windows as wanted: [batch, depth, height, width, channels] to [batch, ...outputSize,
 * channels]. As Keras 3.
 */
export const adaptiveMaxPooling3d = defineAdaptivePooling<Volume>('AdaptiveMaxPooling', 3, adaptiveMaxPool);
