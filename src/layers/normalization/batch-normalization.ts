import type { InitializerLike } from '../../initializers/resolve.ts';
import { add, mul, neg, sub } from '../../ops/math/arithmetic.ts';
import { rsqrt } from '../../ops/math/math.ts';
import { reshape } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { normalizeAxis } from '../../util/shapes.ts';
import { type BatchShape, knownExtent } from '../batch-shape.ts';
import { defineLayer } from '../define-layer.ts';
import { batchMoments, maskedMoments, moved } from './moments.ts';
import {
  addScaleAndCenter,
  requireEpsilon,
  SCALE_AND_CENTER_DEFAULTS,
  type ScaleAndCenterConfig,
} from './scale-and-center.ts';

/** Options of `batchNormalization`. */
export interface BatchNormalizationConfig extends ScaleAndCenterConfig {
  /** The axis of the channels, which are normalized one by one. Default -1. */
  readonly axis: number;
  /** Part of the moving statistics that stays at each step. Default 0.99. */
  readonly momentum: number;
  readonly movingMeanInitializer: InitializerLike;
  readonly movingVarianceInitializer: InitializerLike;
}

/**
 * gamma (x - mean) / sqrt(variance + epsilon) + beta for every channel (Ioffe and Szegedy 2015). In training
 * the statistics are those of the batch, and the moving ones go along; otherwise, and in a frozen layer, they
 * are the moving ones, and the layer is one multiplication and addition. Statistics leave out what a mask hides.
 * Any shape with a batch axis. As Keras 3.
 */
export const batchNormalization = defineLayer({
  type: 'BatchNormalization',
  defaults: {
    axis: -1,
    momentum: 0.99,
    ...SCALE_AND_CENTER_DEFAULTS,
    movingMeanInitializer: 'zeros',
    movingVarianceInitializer: 'ones',
  },
  supportsMasking: true,
  featureAxes: ({ axis }: BatchNormalizationConfig) => [axis],
  check({ momentum, epsilon }: BatchNormalizationConfig, where) {
    requireEpsilon(epsilon, where);
    if (momentum >= 0 && momentum <= 1) return;
    throw new AntlerValueError({ where, expected: 'momentum in [0, 1]', got: `${momentum}` });
  },
  build(config: BatchNormalizationConfig, input, weights) {
    const shape = [knownExtent(input, channelAxis(config.axis, input))];
    const statistic = { trainable: false };
    return {
      ...addScaleAndCenter(weights, shape, config),
      movingMean: weights.add('moving_mean', shape, config.movingMeanInitializer, statistic),
      movingVariance: weights.add('moving_variance', shape, config.movingVarianceInitializer, statistic),
    };
  },
  call({ config, gamma, beta, movingMean, movingVariance, variables, trainable }, x, { training, mask }) {
    const { epsilon, momentum } = config;
    const axis = channelAxis(config.axis, x.shape);
    const alongChannels = x.shape.map((_, i) => (i === axis ? -1 : 1));
    const wide = (values: Tensor) => reshape(values, alongChannels);
    const affine = { epsilon, scale: gamma && wide(gamma), center: beta && wide(beta) };
    if (!training || !trainable) {
      return normalized(x, { offset: wide(movingMean), variance: wide(movingVariance) }, affine);
    }
    const axes = x.shape.flatMap((_, i) => (i === axis ? [] : [i]));
    const moments = mask ? maskedMoments(x, axes, mask) : batchMoments(x, axes);
    const { shifted, offset, mean, variance } = moments;
    const next = (average: Tensor, value: Tensor) => moved(average, reshape(value, average.shape), momentum);
    variables.movingMean.assign(next(movingMean, mean));
    variables.movingVariance.assign(next(movingVariance, variance));
    return normalized(shifted, { offset, variance }, affine);
  },
});

interface Affine {
  readonly epsilon: number;
  readonly scale: Tensor | undefined;
  readonly center: Tensor | undefined;
}

/** (x - offset) / sqrt(variance + epsilon) * scale + center, as one factor and one summand for each channel. */
function normalized(
  x: Tensor,
  { offset, variance }: { readonly offset: Tensor; readonly variance: Tensor },
  { epsilon, scale, center }: Affine,
): Tensor {
  const inverse = rsqrt(add(variance, epsilon));
  const factor = scale ? mul(inverse, scale) : inverse;
  const back = mul(offset, factor);
  return add(mul(x, factor), center ? sub(center, back) : neg(back));
}

function channelAxis(axis: number, shape: BatchShape): number {
  const channels = normalizeAxis(axis, shape.length, 'axis');
  if (channels > 0) return channels;
  throw new AntlerValueError({ where: 'axis', expected: 'an axis behind that of the batch', got: `${axis}` });
}
