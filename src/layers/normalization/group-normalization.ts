import { add, mul, square, sub } from '../../ops/math/arithmetic.ts';
import { rsqrt } from '../../ops/math/math.ts';
import { mean } from '../../ops/reduce/reduce.ts';
import { reshape } from '../../ops/shape/shape.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { normalizeAxis } from '../../util/shapes.ts';
import { type BatchShape, formatBatchShape, knownExtent } from '../batch-shape.ts';
import { defineLayer } from '../define-layer.ts';
import {
  addScaleAndCenter,
  requireEpsilon,
  SCALE_AND_CENTER_DEFAULTS,
  type ScaleAndCenterConfig,
} from './scale-and-center.ts';

/** Options of `groupNormalization`. */
export interface GroupNormalizationConfig extends ScaleAndCenterConfig {
  /** Into how many groups the channels are split; -1 for one channel each. Default 32. */
  readonly groups: number;
  /** The axis of the channels. Default -1. */
  readonly axis: number;
}

/**
 * gamma (x - mean) / sqrt(variance + epsilon) + beta with the mean and variance of each example and group of
 * channels (Wu and He 2018). Any shape with a batch axis; the weights are per channel. As Keras 3.
 */
export const groupNormalization = defineLayer({
  type: 'GroupNormalization',
  defaults: { groups: 32, axis: -1, ...SCALE_AND_CENTER_DEFAULTS },
  supportsMasking: true,
  featureAxes: ({ axis }: GroupNormalizationConfig) => [axis],
  check({ groups, epsilon }: GroupNormalizationConfig, where) {
    requireEpsilon(epsilon, where);
    if (Number.isInteger(groups) && (groups >= 1 || groups === -1)) return;
    throw new AntlerValueError({ where, expected: 'groups, a whole number >= 1, or -1', got: `${groups}` });
  },
  build(config: GroupNormalizationConfig, input, weights) {
    const { channels } = groupsOf(config, input);
    return addScaleAndCenter(weights, [channels], config);
  },
  call({ config, gamma, beta }, x) {
    const { axis, groups, channels } = groupsOf(config, x.shape);
    const grouped = [...x.shape.slice(0, axis), groups, channels / groups, ...x.shape.slice(axis + 1)];
    const parts = reshape(x, grouped);
    const over = { axis: grouped.flatMap((_, i) => (i === 0 || i === axis ? [] : [i])), keepDims: true };
    const centered = sub(parts, mean(parts, over));
    const inverse = rsqrt(add(mean(square(centered), over), config.epsilon));
    const perChannel = grouped.map((extent, i) => (i === axis || i === axis + 1 ? extent : 1));
    const scaled = mul(centered, gamma ? mul(inverse, reshape(gamma, perChannel)) : inverse);
    return reshape(beta ? add(scaled, reshape(beta, perChannel)) : scaled, x.shape);
  },
});

function groupsOf(config: GroupNormalizationConfig, input: BatchShape) {
  const axis = normalizeAxis(config.axis, input.length, 'axis');
  if (axis === 0) {
    const expected = 'an axis behind that of the batch';
    throw new AntlerValueError({ where: 'axis', expected, got: `${config.axis}` });
  }
  const channels = knownExtent(input, axis);
  const groups = config.groups === -1 ? channels : config.groups;
  if (channels % groups === 0) return { axis, groups, channels };
  throw new AntlerShapeError({
    where: 'input',
    expected: `channels that ${groups} groups share evenly`,
    got: formatBatchShape(input),
    fix: `choose groups that divide ${channels}`,
  });
}
