import { abs, add, div, maximum, mul, pow, sub } from '../ops/math/arithmetic.ts';
import { at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { decayingMean } from './mean.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `adamax`. */
export interface AdamaxConfig extends OptimizerConfig {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1: number;
  /** Decay of the largest magnitude of gradients. Default 0.999. */
  readonly beta2: number;
  /** Added to the denominator. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Adam with the largest magnitude u of gradients in place of their mean square (Kingma and Ba 2014, section
 * 7): w := w - learningRate m / ((1 - beta1^t) (u + epsilon)). As Keras 3.
 */
export const adamax = defineOptimizer<AdamaxConfig>({
  className: 'Adamax',
  defaults: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, ...OPTIMIZER_DEFAULTS },
  slots: () => [['momentum', 'norm']],
  prepare: ({ beta1 }, { learningRate, step }) => [div(learningRate, sub(1, pow(beta1, step)))],
  update({ config: { beta1, beta2, epsilon }, gradient, value, slots, shared }) {
    const m = decayingMean(at(slots, 0), gradient, beta1);
    const u = maximum(mul(at(slots, 1), beta2), abs(gradient));
    return { value: sub(value, div(mul(m, at(shared, 0)), add(u, epsilon))), slots: [m, u] };
  },
});
