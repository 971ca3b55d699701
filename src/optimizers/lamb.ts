import { add, div, mul, pow, square, sub, where } from '../ops/math/arithmetic.ts';
import { greater, logicalAnd } from '../ops/math/compare.ts';
import { sqrt } from '../ops/math/math.ts';
import { sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { decayingMean } from './mean.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `lamb`. */
export interface LambConfig extends OptimizerConfig {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2: number;
  /** Added to the root in the denominator. Default 1e-7. */
  readonly epsilon: number;
}

const normOf = (x: Tensor) => sqrt(sum(square(x)));

/**
 * Adam whose step is as long as `learningRate` times the variable, for very large batches (You 2019). As
 * Keras 3.
 */
export const lamb = defineOptimizer<LambConfig>({
  className: 'Lamb',
  defaults: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, ...OPTIMIZER_DEFAULTS },
  slots: () => [['momentum', 'velocity']],
  prepare: ({ beta1, beta2 }, { step }) => [sub(1, pow(beta1, step)), sub(1, pow(beta2, step))],
  update({ config: { beta1, beta2, epsilon }, gradient, value, slots, learningRate, shared }) {
    const m = decayingMean(at(slots, 0), gradient, beta1);
    const v = decayingMean(at(slots, 1), square(gradient), beta2);
    const step = div(div(m, at(shared, 0)), add(sqrt(div(v, at(shared, 1))), epsilon));
    const [ofValue, ofStep] = [normOf(value), normOf(step)];
    const hasRatio = logicalAnd(greater(ofValue, 0), greater(ofStep, 0));
    const ratio = where(hasRatio, div(ofValue, ofStep), 1);
    return { value: sub(value, mul(step, mul(ratio, learningRate))), slots: [m, v] };
  },
});
