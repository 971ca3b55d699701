import { avgPool1d, avgPool2d, avgPool3d, maxPool1d, maxPool2d, maxPool3d } from '../../ops/nn/pool.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { type DataFormat, requireDataFormat, withChannelsLast } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requireExtents, requirePadding } from '../requirements.ts';
import {
  asExtents,
  type Extents,
  type Line,
  type Padding,
  type Plane,
  type SpatialRank,
  spatialLayout,
  type Volume,
} from '../window.ts';

/** Options of the poolings; `Size` has a number for each spatial axis. */
export interface PoolingConfig<Size extends readonly number[]> {
  /** Extents of the window, in elements. Default 2. */
  readonly poolSize: Extents<Size>;
  /** Default the window: windows side by side. */
  readonly strides: Extents<Size> | null;
  readonly padding: Padding;
  readonly dataFormat: DataFormat;
}

interface Geometry {
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
}

function definePooling<Size extends readonly number[]>(
  type: string,
  rank: SpatialRank,
  pool: (x: Tensor, geometry: Geometry) => Tensor,
) {
  return defineLayer({
    type: `${type}${rank}D`,
    defaults: { poolSize: 2, strides: null, padding: 'valid', dataFormat: 'channelsLast' },
    input: spatialLayout(rank),
    check({ poolSize, strides, padding, dataFormat }: PoolingConfig<Size>, where) {
      requireExtents(poolSize, rank, { option: 'poolSize', where });
      if (strides !== null) requireExtents(strides, rank, { option: 'strides', where });
      requirePadding(padding, where);
      requireDataFormat(dataFormat, where);
    },
    call({ config }, x) {
      const [poolSize, strides] = [config.poolSize, config.strides ?? config.poolSize].map((extents) =>
        asExtents(extents, rank),
      ) as [number[], number[]];
      return withChannelsLast(x, config.dataFormat, (image) =>
        pool(image, { poolSize, strides, padding: config.padding }),
      );
    },
  });
}

/** The largest of every window: [batch, steps, channels] to [batch, steps', channels]. As Keras 3. */
export const maxPooling1d = definePooling<Line>('MaxPooling', 1, maxPool1d);

/**
 * The largest of every window: [batch, height, width, channels] to [batch, height', width', channels]. As
 * Keras 3.
 */
export const maxPooling2d = definePooling<Plane>('MaxPooling', 2, maxPool2d);

/**
 * The largest of every window: [batch, depth, height, width, channels] to [batch, depth', height', width',
 * channels]. As Keras 3.
 */
export const maxPooling3d = definePooling<Volume>('MaxPooling', 3, maxPool3d);

/**
 * The mean of every window, padded places left out: [batch, steps, channels] to [batch, steps', channels]. As
 * Keras 3.
 */
export const averagePooling1d = definePooling<Line>('AveragePooling', 1, avgPool1d);

/**
 * The mean of every window, padded places left out: [batch, height, width, channels] to [batch, height',
 * width', channels]. As Keras 3.
 */
export const averagePooling2d = definePooling<Plane>('AveragePooling', 2, avgPool2d);

/**
 * The mean of every window, padded places left out: [batch, depth, height, width, channels] to [batch, depth',
 * height', width', channels]. As Keras 3.
 */
export const averagePooling3d = definePooling<Volume>('AveragePooling', 3, avgPool3d);
