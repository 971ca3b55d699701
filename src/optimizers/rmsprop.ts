import { add, div, mul, square, sub } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import { at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { weightedMean } from './mean.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `rmsprop`. */
export interface RmspropConfig extends OptimizerConfig {
  /** Decay of the mean of squared gradients. Default 0.9. */
  readonly rho: number;
  /** Part of the last step that is repeated. Default 0. */
  readonly momentum: number;
  /** Added to the mean square under the root. Default 1e-7. */
  readonly epsilon: number;
  /** Divide by the variance of gradients instead of their mean square. Default false. */
  readonly centered: boolean;
}

/**
 * Gradient over the root of its mean square v (Hinton 2012, lecture 6e): w := w - learningRate g / sqrt(v +
 * epsilon). As Keras 3.
 */
export const rmsprop = defineOptimizer<RmspropConfig>({
  className: 'RMSprop',
  defaults: {
    learningRate: 0.001,
    rho: 0.9,
    momentum: 0,
    epsilon: 1e-7,
    centered: false,
    ...OPTIMIZER_DEFAULTS,
  },
  slots: ({ momentum, centered }) => [
    ['velocity'],
    momentum > 0 ? ['momentum'] : [],
    centered ? ['average_gradient'] : [],
  ],
  update({ config: { rho, momentum, epsilon, centered }, gradient, value, slots, learningRate }) {
    const v = weightedMean(at(slots, 0), square(gradient), rho);
    const average = centered ? weightedMean(at(slots, slots.length - 1), gradient, rho) : undefined;
    const spread = average ? sub(v, square(average)) : v;
    const step = div(mul(gradient, learningRate), sqrt(add(spread, epsilon)));
    const move = momentum > 0 ? add(mul(at(slots, 1), momentum), step) : step;
    const kept = [v, ...(momentum > 0 ? [move] : []), ...(average ? [average] : [])];
    return { value: sub(value, move), slots: kept };
  },
});
