import type { ConstraintLike } from '../../constraints/constraints.ts';
import type { InitializerLike } from '../../initializers/resolve.ts';
import { separableConv1d as convolve1d, separableConv2d as convolve2d } from '../../ops/nn/separable-conv.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { channelAxisOf, channelsOf } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';
import { asExtents, type Line, type Padding, type Plane, spatialLayout } from '../window.ts';
import type { DepthwiseConvConfig } from './depthwise-conv.ts';
import { addBias, convolved, geometryOf, requireWindowLayer, WINDOW_LAYER_DEFAULTS } from './window-layer.ts';

/** Options of `separableConv1d`, `separableConv2d`. */
export interface SeparableConvConfig<Size extends readonly number[]> extends DepthwiseConvConfig<Size> {
  /** Outputs at each position. */
  readonly filters: number;
  readonly pointwiseInitializer: InitializerLike;
  readonly pointwiseRegularizer: RegularizerLike | null;
  readonly pointwiseConstraint: ConstraintLike | null;
}

interface Geometry {
  readonly strides: readonly number[];
  readonly padding: Padding;
  readonly dilationRate: readonly number[];
}

function defineSeparable<Size extends readonly number[]>(
  rank: 1 | 2,
  convolve: (x: Tensor, depthwise: Tensor, pointwise: Tensor, geometry: Geometry) => Tensor,
) {
  return defineLayer({
    type: `SeparableConv${rank}D`,
    required: ['filters', 'kernelSize'],
    defaults: {
      ...WINDOW_LAYER_DEFAULTS,
      depthMultiplier: 1,
      depthwiseInitializer: 'glorotUniform',
      pointwiseInitializer: 'glorotUniform',
      depthwiseRegularizer: null,
      pointwiseRegularizer: null,
      depthwiseConstraint: null,
      pointwiseConstraint: null,
    },
    input: spatialLayout(rank),
    featureAxes: ({ dataFormat }: SeparableConvConfig<Size>) => [channelAxisOf(dataFormat)],
    check(config: SeparableConvConfig<Size>, where) {
      requireWindowLayer(config, rank, where);
      requireWhole(config.filters, 'filters', where);
      requireWhole(config.depthMultiplier, 'depthMultiplier', where);
    },
    build(config: SeparableConvConfig<Size>, input, weights) {
      const { filters, depthMultiplier } = config;
      const channels = channelsOf(input, config.dataFormat);
      const window = asExtents(config.kernelSize, rank);
      const mixed = [...window.map(() => 1), channels * depthMultiplier, filters];
      return {
        depthwiseKernel: weights.add(
          'depthwise_kernel',
          [...window, channels, depthMultiplier],
          config.depthwiseInitializer,
          { regularizer: config.depthwiseRegularizer, constraint: config.depthwiseConstraint },
        ),
        pointwiseKernel: weights.add('pointwise_kernel', mixed, config.pointwiseInitializer, {
          regularizer: config.pointwiseRegularizer,
          constraint: config.pointwiseConstraint,
        }),
        bias: addBias(weights, filters, config),
      };
    },
    call: ({ config, depthwiseKernel, pointwiseKernel, bias }, x) =>
      convolved(x, { config, bias }, (image) =>
        convolve(image, depthwiseKernel, pointwiseKernel, geometryOf(config, rank)),
      ),
  });
}

/**
 * Convolves every channel on its own, then mixes the channels of each position: [batch, steps, channels] to
 * [batch, steps', filters]. As Keras 3.
 */
export const separableConv1d = defineSeparable<Line>(1, convolve1d);

/**
 * Convolves every channel on its own, then mixes the channels of each position: [batch, height, width, channels]
 * to [batch, height', width', filters]. As Keras 3.
 */
export const separableConv2d = defineSeparable<Plane>(2, convolve2d);
