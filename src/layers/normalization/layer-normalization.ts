import { add, mul, square, sub } from '../../ops/math/arithmetic.ts';
import { rsqrt } from '../../ops/math/math.ts';
import { mean } from '../../ops/reduce/reduce.ts';
import { reshape } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { normalizeAxes, type Shape } from '../../util/shapes.ts';
import { type BatchShape, knownExtent } from '../batch-shape.ts';
import { defineLayer } from '../define-layer.ts';
import {
  addScaleAndCenter,
  requireEpsilon,
  SCALE_AND_CENTER_DEFAULTS,
  type ScaleAndCenterConfig,
} from './scale-and-center.ts';

/** One axis, or several. */
export type NormalizedAxes = number | readonly number[];

/** Options of `layerNormalization`. */
export interface LayerNormalizationConfig extends ScaleAndCenterConfig {
  /** The axes over which each example is normalized. Default -1. */
  readonly axis: NormalizedAxes;
}

/**
 * gamma (x - mean) / sqrt(variance + epsilon) + beta with the mean and variance of each example over `axis` (Ba,
 * Kiros and Hinton 2016). Any shape; the weights have the extents of `axis`. As Keras 3.
 */
export const layerNormalization = defineLayer({
  type: 'LayerNormalization',
  defaults: { axis: -1, ...SCALE_AND_CENTER_DEFAULTS },
  supportsMasking: true,
  featureAxes: ({ axis }: LayerNormalizationConfig) => [axis].flat(),
  check: ({ epsilon }: LayerNormalizationConfig, where) => requireEpsilon(epsilon, where),
  build: (config: LayerNormalizationConfig, input, weights) =>
    addScaleAndCenter(weights, extentsOf(config.axis, input), config),
  call({ config, gamma, beta }, x) {
    const axes = normalizeAxes(config.axis, x.rank, 'axis');
    const over = { axis: axes, keepDims: true };
    const centered = sub(x, mean(x, over));
    const inverse = rsqrt(add(mean(square(centered), over), config.epsilon));
    const scaled = mul(centered, gamma ? mul(inverse, along(gamma, x, axes)) : inverse);
    return beta ? add(scaled, along(beta, x, axes)) : scaled;
  },
});

/** Options of `rmsNormalization`. */
export interface RmsNormalizationConfig {
  /** The axes over which each example is normalized. Default -1. */
  readonly axis: NormalizedAxes;
  /** Added to the mean square. Default 1e-6. */
  readonly epsilon: number;
}

/**
 * scale x / sqrt(mean of x^2 + epsilon) with the mean over `axis` (Zhang and Sennrich 2019). Any shape; `scale`
 * has the extents of `axis`. As Keras 3.
 */
export const rmsNormalization = defineLayer({
  type: 'RMSNormalization',
  defaults: { axis: -1, epsilon: 1e-6 },
  supportsMasking: true,
  featureAxes: ({ axis }: RmsNormalizationConfig) => [axis].flat(),
  check: ({ epsilon }: RmsNormalizationConfig, where) => requireEpsilon(epsilon, where),
  build: ({ axis }: RmsNormalizationConfig, input, weights) => ({
    scale: weights.add('scale', extentsOf(axis, input), 'ones'),
  }),
  call({ config, scale }, x) {
    const axes = normalizeAxes(config.axis, x.rank, 'axis');
    const meanSquare = mean(square(x), { axis: axes, keepDims: true });
    return mul(mul(x, rsqrt(add(meanSquare, config.epsilon))), along(scale, x, axes));
  },
});

/** The extents of the axes, in their order in the input. */
function extentsOf(axis: NormalizedAxes, input: BatchShape): Shape {
  return normalizeAxes(axis, input.length, 'axis').map((i) => knownExtent(input, i));
}

/** A weight of the extents of `axes`, in a shape that broadcasts over x. */
function along(weight: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  return reshape(
    weight,
    x.shape.map((extent, i) => (axes.includes(i) ? extent : 1)),
  );
}
