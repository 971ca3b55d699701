import { add, div, mul, square, sub } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import { at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `adagrad`. */
export interface AdagradConfig extends OptimizerConfig {
  /** Sum of squares before the first gradient. Default 0.1. */
  readonly initialAccumulatorValue: number;
  /** Added to the sum under the root. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Gradient over the root of the sum n of all its squares (Duchi 2011): w := w - learningRate g / sqrt(n +
 * epsilon). As Keras 3.
 */
export const adagrad = defineOptimizer<AdagradConfig>({
  className: 'Adagrad',
  defaults: { learningRate: 0.001, initialAccumulatorValue: 0.1, epsilon: 1e-7, ...OPTIMIZER_DEFAULTS },
  slots: ({ initialAccumulatorValue: initial }) => [[{ name: 'accumulator', initial }]],
  update({ config: { epsilon }, gradient, value, slots, learningRate }) {
    const n = add(at(slots, 0), square(gradient));
    return { value: sub(value, div(mul(gradient, learningRate), sqrt(add(n, epsilon)))), slots: [n] };
  },
});
