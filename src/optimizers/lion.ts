import { mul, sign, sub } from '../ops/math/arithmetic.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { weightedMean } from './mean.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `lion`. */
export interface LionConfig extends OptimizerConfig {
  /** Weight of the mean beside the gradient in a step, in (0, 1]. Default 0.9. */
  readonly beta1: number;
  /** Decay of the mean of gradients. Default 0.99. */
  readonly beta2: number;
}

/**
 * Steps of one size in the direction of the sign of gradient and momentum (Chen 2023): w := w - learningRate
 * sign(beta1 m + (1 - beta1) g). As Keras 3.
 */
export const lion = defineOptimizer<LionConfig>({
  className: 'Lion',
  defaults: { learningRate: 0.001, beta1: 0.9, beta2: 0.99, ...OPTIMIZER_DEFAULTS },
  check({ beta1 }) {
    if (beta1 > 0 && beta1 <= 1) return;
    throw new AntlerValueError({ where: 'Lion', expected: 'beta1 in (0, 1]', got: `${beta1}` });
  },
  slots: () => [['momentum']],
  update({ config: { beta1, beta2 }, gradient, value, slots, learningRate }) {
    const m = at(slots, 0);
    const direction = sign(weightedMean(m, gradient, beta1));
    return { value: sub(value, mul(direction, learningRate)), slots: [weightedMean(m, gradient, beta2)] };
  },
});
