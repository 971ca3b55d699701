import { conv1d as convolve1d, conv2d as convolve2d, conv3d as convolve3d } from '../../ops/nn/conv.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { type BatchShape, formatBatchShape } from '../batch-shape.ts';
import { channelAxisOf, channelsOf } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { KERNEL_DEFAULTS, type KernelOptions, ofKernel } from '../kernel-options.ts';
import { requireWhole } from '../requirements.ts';
import {
  asExtents,
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
  type PaddingOf,
  requireWindowLayer,
  WINDOW_LAYER_DEFAULTS,
  type WindowLayerConfig,
} from './window-layer.ts';

/** Options of `conv1d`, `conv2d`, `conv3d`. */
export interface ConvConfig<Size extends readonly number[]> extends WindowLayerConfig<Size>, KernelOptions {
  /** Outputs at each position. */
  readonly filters: number;
  /** `valid`: windows inside the input only; `same`: output as large as the input over the strides. */
  readonly padding: PaddingOf<Size>;
  /** Channels and filters are split into as many groups that do not see each other. */
  readonly groups: number;
}

interface Geometry<P> {
  readonly strides: readonly number[];
  readonly padding: P;
  readonly dilationRate: readonly number[];
  readonly groups: number;
}

function defineConv<Size extends readonly number[]>(
  rank: SpatialRank,
  convolve: (x: Tensor, kernel: Tensor, geometry: Geometry<PaddingOf<Size>>) => Tensor,
) {
  return defineLayer({
    type: `Conv${rank}D`,
    required: ['filters', 'kernelSize'],
    defaults: {
      ...WINDOW_LAYER_DEFAULTS,
      ...KERNEL_DEFAULTS,
      padding: 'valid' as Padding & PaddingOf<Size>,
      groups: 1,
    },
    input: spatialLayout(rank),
    featureAxes: ({ dataFormat }: ConvConfig<Size>) => [channelAxisOf(dataFormat)],
    check(config: ConvConfig<Size>, where) {
      requireWindowLayer(config, rank, where);
      requireGroups(config, where);
    },
    build(config: ConvConfig<Size>, input, weights) {
      const { filters, groups } = config;
      const channels = evenChannels(input, config);
      const shape = [...asExtents(config.kernelSize, rank), channels / groups, filters];
      return {
        kernel: weights.add('kernel', shape, config.kernelInitializer, ofKernel(config)),
        bias: addBias(weights, filters, config),
      };
    },
    call: ({ config, kernel, bias }, x) =>
      convolved(x, { config, bias }, (image) =>
        convolve(image, kernel, { ...geometryOf(config, rank), groups: config.groups }),
      ),
  });
}

/**
 * activation(convolution(x, kernel) + bias): [batch, steps, channels] to [batch, steps', filters]. As Keras 3.
 */
export const conv1d = defineConv<Line>(1, convolve1d);

/**
 * activation(convolution(x, kernel) + bias): [batch, height, width, channels] to [batch, height', width',
 * filters]. As Keras 3.
 */
export const conv2d = defineConv<Plane>(2, convolve2d);

/**
 * activation(convolution(x, kernel) + bias): [batch, depth, height, width, channels] to [batch, depth', height',
 * width', filters]. As Keras 3.
 */
export const conv3d = defineConv<Volume>(3, convolve3d);

function requireGroups({ filters, groups }: ConvConfig<readonly number[]>, where: string): void {
  requireWhole(filters, 'filters', where);
  requireWhole(groups, 'groups', where);
  if (filters % groups === 0) return;
  throw new AntlerValueError({
    where,
    expected: `filters that ${groups} groups share evenly`,
    got: `${filters}`,
  });
}

function evenChannels(
  input: BatchShape,
  { groups, dataFormat }: Pick<ConvConfig<readonly number[]>, 'groups' | 'dataFormat'>,
): number {
  const channels = channelsOf(input, dataFormat);
  if (channels % groups === 0) return channels;
  throw new AntlerShapeError({
    where: 'input',
    expected: `channels that ${groups} groups share evenly`,
    got: formatBatchShape(input),
  });
}
