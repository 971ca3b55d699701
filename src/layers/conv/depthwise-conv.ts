import type { ConstraintLike } from '../../constraints/constraints.ts';
import type { InitializerLike } from '../../initializers/resolve.ts';
import { depthwiseConv1d as convolve1d, depthwiseConv2d as convolve2d } from '../../ops/nn/separable-conv.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { channelAxisOf, channelsOf } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';
import { asExtents, type Line, type Padding, type Plane, spatialLayout } from '../window.ts';
import {
  addBias,
  convolved,
  geometryOf,
  requireWindowLayer,
  WINDOW_LAYER_DEFAULTS,
  type WindowLayerConfig,
} from './window-layer.ts';

/** Options of `depthwiseConv1d`, `depthwiseConv2d`. */
export interface DepthwiseConvConfig<Size extends readonly number[]> extends WindowLayerConfig<Size> {
  readonly padding: Padding;
  /** Outputs for each channel. Default 1. */
  readonly depthMultiplier: number;
  readonly depthwiseInitializer: InitializerLike;
  readonly depthwiseRegularizer: RegularizerLike | null;
  readonly depthwiseConstraint: ConstraintLike | null;
}

interface Geometry {
  readonly strides: readonly number[];
  readonly padding: Padding;
  readonly dilationRate: readonly number[];
}

function defineDepthwise<Size extends readonly number[]>(
  rank: 1 | 2,
  convolve: (x: Tensor, kernel: Tensor, geometry: Geometry) => Tensor,
) {
  return defineLayer({
    type: `DepthwiseConv${rank}D`,
    required: ['kernelSize'],
    defaults: {
      ...WINDOW_LAYER_DEFAULTS,
      depthMultiplier: 1,
      depthwiseInitializer: 'glorotUniform',
      depthwiseRegularizer: null,
      depthwiseConstraint: null,
    },
    input: spatialLayout(rank),
    featureAxes: ({ dataFormat }: DepthwiseConvConfig<Size>) => [channelAxisOf(dataFormat)],
    check(config: DepthwiseConvConfig<Size>, where) {
      requireWindowLayer(config, rank, where);
      requireWhole(config.depthMultiplier, 'depthMultiplier', where);
    },
    build(config: DepthwiseConvConfig<Size>, input, weights) {
      const { depthMultiplier, depthwiseRegularizer: regularizer, depthwiseConstraint: constraint } = config;
      const channels = channelsOf(input, config.dataFormat);
      const shape = [...asExtents(config.kernelSize, rank), channels, depthMultiplier];
      return {
        kernel: weights.add('kernel', shape, config.depthwiseInitializer, { regularizer, constraint }),
        bias: addBias(weights, channels * depthMultiplier, config),
      };
    },
    call: ({ config, kernel, bias }, x) =>
      convolved(x, { config, bias }, (image) => convolve(image, kernel, geometryOf(config, rank))),
  });
}

/**
 * Convolves every channel on its own: [batch, steps, channels] to [batch, steps', channels * depthMultiplier].
 * As Keras 3.
 */
export const depthwiseConv1d = defineDepthwise<Line>(1, convolve1d);

/**
 * Convolves every channel on its own: [batch, height, width, channels] to [batch, height', width', channels *
 * depthMultiplier]. As Keras 3.
 */
export const depthwiseConv2d = defineDepthwise<Plane>(2, convolve2d);
