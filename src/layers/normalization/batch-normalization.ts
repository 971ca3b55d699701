import type { InitializerLike } from '../../initializers/resolve.ts';
import { add, mul, neg, sub } from '../../ops/arithmetic.ts';
import { rsqrt } from '../../ops/math.ts';
import { reshape } from '../../ops/shape.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { normalizeAxis } from '../../util/shapes.ts';
import { type BatchShape, knownExtent } from '../batch-shape.ts';
import { defineLayer } from '../define-layer.ts';
import { batchMoments, moved } from './moments.ts';

/** Options of `batchNormalization`. */
export interface BatchNormalizationConfig {
  /** The axis of the channels, which are normalized one by one. Default -1. */
  readonly axis: number;
  /** Part of the moving statistics that stays at each step. Default 0.99. */
  readonly momentum: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon: number;
  /** Whether to add `beta`. */
  readonly center: boolean;
  /** Whether to multiply by `gamma`. */
  readonly scale: boolean;
  readonly betaInitializer: InitializerLike;
  readonly gammaInitializer: InitializerLike;
  readonly movingMeanInitializer: InitializerLike;
  readonly movingVarianceInitializer: InitializerLike;
  readonly betaRegularizer: RegularizerLike | null;
  readonly gammaRegularizer: RegularizerLike | null;
}

/**
 * gamma (x - mean) / sqrt(variance + epsilon) + beta for every channel (Ioffe and Szegedy 2015). In training
 * the statistics are those of the batch, and the moving ones go along; otherwise, and in a frozen layer, they
 * are the moving ones, and the layer is one multiplication and addition. Any shape with a batch axis. As Keras 3.
 */
export const batchNormalization = defineLayer({
  type: 'BatchNormalization',
  defaults: {
    axis: -1,
    momentum: 0.99,
    epsilon: 0.001,
    center: true,
    scale: true,
    betaInitializer: 'zeros',
    gammaInitializer: 'ones',
    movingMeanInitializer: 'zeros',
    movingVarianceInitializer: 'ones',
    betaRegularizer: null,
    gammaRegularizer: null,
  },
  supportsMasking: true,
  check({ momentum, epsilon }: BatchNormalizationConfig, where) {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new AntlerValueError({ where, expected: 'momentum in [0, 1]', got: `${momentum}` });
    }
    if (epsilon >= 0) return;
    throw new AntlerValueError({ where, expected: 'epsilon >= 0', got: `${epsilon}` });
  },
  build(config: BatchNormalizationConfig, input, weights) {
    const shape = [knownExtent(input, channelAxis(config.axis, input))];
    return {
      gamma: config.scale
        ? weights.add('gamma', shape, config.gammaInitializer, { regularizer: config.gammaRegularizer })
        : undefined,
      beta: config.center
        ? weights.add('beta', shape, config.betaInitializer, { regularizer: config.betaRegularizer })
        : undefined,
      movingMean: weights.add('moving_mean', shape, config.movingMeanInitializer, { trainable: false }),
      movingVariance: weights.add('moving_variance', shape, config.movingVarianceInitializer, {
        trainable: false,
      }),
    };
  },
  call({ config, gamma, beta, movingMean, movingVariance, variables, trainable }, x, { training }) {
    const axis = channelAxis(config.axis, x.shape);
    const alongChannels = x.shape.map((_, i) => (i === axis ? -1 : 1));
    const [scale, center] = [gamma, beta].map((weight) => weight && reshape(weight, alongChannels));
    if (!training || !trainable) {
      const [mean, variance] = [reshape(movingMean, alongChannels), reshape(movingVariance, alongChannels)];
      return normalized(x, { offset: mean, variance, epsilon: config.epsilon, scale, center });
    }
    const axes = x.shape.flatMap((_, i) => (i === axis ? [] : [i]));
    const { shifted, offset, mean, variance } = batchMoments(x, axes);
    const next = (average: Tensor, value: Tensor) =>
      moved(average, reshape(value, average.shape), config.momentum);
    variables.movingMean.assign(next(movingMean, mean));
    variables.movingVariance.assign(next(movingVariance, variance));
    return normalized(shifted, { offset, variance, epsilon: config.epsilon, scale, center });
  },
});

interface Normalization {
  readonly offset: Tensor;
  readonly variance: Tensor;
  readonly epsilon: number;
  readonly scale: Tensor | undefined;
  readonly center: Tensor | undefined;
}

/** One factor and one summand for each channel. */
function normalized(x: Tensor, { offset, variance, epsilon, scale, center }: Normalization): Tensor {
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
