import { type Interpolation, resize } from '../../ops/image/resize.ts';
import { repeat } from '../../ops/shape/tiling.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { unknownName } from '../../util/suggest.ts';
import { type DataFormat, requireDataFormat, withChannelsLast } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requireExtents, requireWhole } from '../requirements.ts';
import { asExtents, type Extents, type Plane, spatialLayout, type Volume } from '../window.ts';

/** Repeats elements along the spatial axes: [batch, ...spatial, channels]. */
function repeated(x: Tensor, times: readonly number[]): Tensor {
  return times.reduce((larger, count, i) => (count === 1 ? larger : repeat(larger, count, i + 1)), x);
}

/** Options of `upSampling1d`. */
export interface UpSampling1dConfig {
  /** How often each step is repeated. Default 2. */
  readonly size: number;
}

/** Repeats every step: [batch, steps, channels] to [batch, size * steps, channels]. As Keras 3. */
export const upSampling1d = defineLayer({
  type: 'UpSampling1D',
  defaults: { size: 2 },
  input: spatialLayout(1),
  check: ({ size }: UpSampling1dConfig, where) => requireWhole(size, 'size', where),
  call: ({ config: { size } }, x) => repeated(x, [size]),
});

/** Options of `upSampling2d`. */
export interface UpSampling2dConfig {
  /** Factors of height and width. Default 2. */
  readonly size: Extents<Plane>;
  readonly dataFormat: DataFormat;
  /** How to fill in between pixels. Default `nearest`: repeat them. */
  readonly interpolation: Interpolation;
}

const INTERPOLATIONS: readonly Interpolation[] = ['nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'];

/**
 * Enlarges pictures: [batch, height, width, channels] to [batch, size * height, size * width, channels]. As
 * Keras 3.
 */
export const upSampling2d = defineLayer({
  type: 'UpSampling2D',
  defaults: { size: 2, dataFormat: 'channelsLast', interpolation: 'nearest' },
  input: spatialLayout(2),
  check({ size, dataFormat, interpolation }: UpSampling2dConfig, where) {
    requireExtents(size, 2, { option: 'size', where });
    requireDataFormat(dataFormat, where);
    if (INTERPOLATIONS.includes(interpolation)) return;
    throw unknownName({
      where,
      kind: 'an interpolation',
      name: String(interpolation),
      known: INTERPOLATIONS,
    });
  },
  call({ config: { size, dataFormat, interpolation } }, x) {
    const factors = asExtents(size, 2);
    return withChannelsLast(x, dataFormat, (image) => {
      if (interpolation === 'nearest') return repeated(image, factors);
      const [height, width] = factors.map((factor, i) => factor * at(image.shape, i + 1)) as [number, number];
      return resize(image, [height, width], { interpolation });
    });
  },
});

/** Options of `upSampling3d`. */
export interface UpSampling3dConfig {
  /** Factors of depth, height and width. Default 2. */
  readonly size: Extents<Volume>;
  readonly dataFormat: DataFormat;
}

/**
 * Repeats every element along the spatial axes: [batch, depth, height, width, channels] to [batch, size * depth,
 * size * height, size * width, channels]. As Keras 3.
 */
export const upSampling3d = defineLayer({
  type: 'UpSampling3D',
  defaults: { size: 2, dataFormat: 'channelsLast' },
  input: spatialLayout(3),
  check({ size, dataFormat }: UpSampling3dConfig, where) {
    requireExtents(size, 3, { option: 'size', where });
    requireDataFormat(dataFormat, where);
  },
  call: ({ config: { size, dataFormat } }, x) =>
    withChannelsLast(x, dataFormat, (volume) => repeated(volume, asExtents(size, 3))),
});
