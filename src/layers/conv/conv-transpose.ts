import {
  type ConvTransposeOptions,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
} from '../../ops/nn/conv-transpose.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { channelAxisOf, channelsOf } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { KERNEL_DEFAULTS, type KernelOptions, ofKernel } from '../kernel-options.ts';
import { requireWhole } from '../requirements.ts';
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
import {
  addBias,
  convolved,
  geometryOf,
  requireWindowLayer,
  WINDOW_LAYER_DEFAULTS,
  type WindowLayerConfig,
} from './window-layer.ts';

/** Options of `conv1dTranspose`, `conv2dTranspose`, `conv3dTranspose`. */
export interface ConvTransposeConfig<Size extends readonly number[]>
  extends WindowLayerConfig<Size>,
    KernelOptions {
  /** Outputs at each position. */
  readonly filters: number;
  /** `same`: output as large as the input times the strides; `valid`: larger where the window is. */
  readonly padding: Padding;
  /** How much longer than least the output gets, below the strides; null for the size that `padding` says. */
  readonly outputPadding: Extents<Size> | null;
}

function defineConvTranspose<Size extends readonly number[]>(
  rank: SpatialRank,
  convolve: (x: Tensor, kernel: Tensor, options: ConvTransposeOptions) => Tensor,
) {
  return defineLayer({
    type: `Conv${rank}DTranspose`,
    required: ['filters', 'kernelSize'],
    defaults: {
      ...WINDOW_LAYER_DEFAULTS,
      ...KERNEL_DEFAULTS,
      outputPadding: null,
    },
    input: spatialLayout(rank),
    featureAxes: ({ dataFormat }: ConvTransposeConfig<Size>) => [channelAxisOf(dataFormat)],
    check(config: ConvTransposeConfig<Size>, where) {
      requireWindowLayer(config, rank, where);
      requireWhole(config.filters, 'filters', where);
      requireOutputPadding(config, rank, where);
    },
    build(config: ConvTransposeConfig<Size>, input, weights) {
      const { filters } = config;
      const channels = channelsOf(input, config.dataFormat);
      const shape = [...asExtents(config.kernelSize, rank), filters, channels];
      return {
        kernel: weights.add('kernel', shape, config.kernelInitializer, ofKernel(config)),
        bias: addBias(weights, filters, config),
      };
    },
    call({ config, kernel, bias }, x) {
      const { outputPadding } = config;
      const extra = outputPadding === null ? {} : { outputPadding };
      return convolved(x, { config, bias }, (image) =>
        convolve(image, kernel, { ...geometryOf(config, rank), ...extra }),
      );
    },
  });
}

/**
 * activation(transposed convolution(x, kernel) + bias), the gradient of `conv1d` in its input: [batch, steps,
 * channels] to [batch, steps', filters]. As Keras 3.
 */
export const conv1dTranspose = defineConvTranspose<Line>(1, convTranspose1d);

/**
 * activation(transposed convolution(x, kernel) + bias), the gradient of `conv2d` in its input: [batch, height,
 * width, channels] to [batch, height', width', filters]. As Keras 3.
 */
export const conv2dTranspose = defineConvTranspose<Plane>(2, convTranspose2d);

/**
 * activation(transposed convolution(x, kernel) + bias), the gradient of `conv3d` in its input: [batch, depth,
 * height, width, channels] to [batch, depth', height', width', filters]. As Keras 3.
 */
export const conv3dTranspose = defineConvTranspose<Volume>(3, convTranspose3d);

function requireOutputPadding(
  { outputPadding, strides }: ConvTransposeConfig<readonly number[]>,
  rank: SpatialRank,
  where: string,
): void {
  if (outputPadding === null) return;
  const [extras, distances] = [asExtents(outputPadding, rank), asExtents(strides, rank)];
  const fits = extras.every((extra, i) => Number.isInteger(extra) && extra >= 0 && extra < at(distances, i));
  if (extras.length === rank && fits) return;
  throw new AntlerValueError({
    where,
    expected: `outputPadding, whole numbers from 0 up to the strides [${distances.join(', ')}], exclusive`,
    got: JSON.stringify(outputPadding),
  });
}
