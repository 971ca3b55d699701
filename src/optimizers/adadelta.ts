import { add, div, mul, square, sub } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { weightedMean } from './mean.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `adadelta`. */
export interface AdadeltaConfig extends OptimizerConfig {
  /** Decay of the mean squares. Default 0.95. */
  readonly rho: number;
  /** Added to the mean squares under the roots. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Steps in proportion to the root mean square of earlier steps over that of gradients (Zeiler 2012); the
 * paper's learning rate is 1, Keras's default 0.001. As Keras 3.
 */
export const adadelta = defineOptimizer<AdadeltaConfig>({
  className: 'Adadelta',
  defaults: { learningRate: 0.001, rho: 0.95, epsilon: 1e-7, ...OPTIMIZER_DEFAULTS },
  slots: () => [['accumulated_grad', 'accumulated_delta_var']],
  update({ config: { rho, epsilon }, gradient, value, slots, learningRate }) {
    const ofGradients = weightedMean(at(slots, 0), square(gradient), rho);
    const root = (mean: Tensor) => sqrt(add(mean, epsilon));
    const step = div(mul(root(at(slots, 1)), gradient), root(ofGradients));
    const ofSteps = weightedMean(at(slots, 1), square(step), rho);
    return { value: sub(value, mul(step, learningRate)), slots: [ofGradients, ofSteps] };
  },
});
