import { add, div, mul, pow, square, sub } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { decayingMean } from './mean.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `nadam`. */
export interface NadamConfig extends OptimizerConfig {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2: number;
  /** Added to the root in the denominator. Default 1e-7. */
  readonly epsilon: number;
}

/** beta1 (1 - 0.96^t / 2): the momentum of step t grows to beta1. */
function momentumAt(beta1: number, step: Tensor): Tensor {
  return mul(sub(1, mul(pow(0.96, step), 0.5)), beta1);
}

/**
 * Adam that looks ahead along its momentum, as Nesterov's does (Dozat 2016); the product of all momenta so
 * far corrects the mean. As Keras 3.
 */
export const nadam = defineOptimizer<NadamConfig>({
  className: 'Nadam',
  defaults: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, ...OPTIMIZER_DEFAULTS },
  slots: () => [['momentum', 'velocity']],
  state: [{ name: 'u_product', initial: 1 }],
  advance: ({ beta1 }, { step, state }) => [mul(at(state, 0), momentumAt(beta1, step))],
  prepare({ beta1, beta2 }, { learningRate, step, state }) {
    const product = at(state, 0);
    const [now, next] = [momentumAt(beta1, step), momentumAt(beta1, add(step, 1))];
    const ofMean = div(next, sub(1, mul(product, next)));
    const ofGradient = div(sub(1, now), sub(1, product));
    return [mul(learningRate, ofMean), mul(learningRate, ofGradient), sub(1, pow(beta2, step))];
  },
  update({ config: { beta1, beta2, epsilon }, gradient, value, slots, shared }) {
    // Keras rounds these to the variable's precision before it takes them from 1: 5e-5 of 1 - 0.999
    const rounded = (decay: number) => (value.dtype === 'float64' ? decay : Math.fround(decay));
    const m = decayingMean(at(slots, 0), gradient, rounded(beta1));
    const v = decayingMean(at(slots, 1), square(gradient), rounded(beta2));
    const step = add(mul(m, at(shared, 0)), mul(gradient, at(shared, 1)));
    const move = div(step, add(sqrt(div(v, at(shared, 2))), epsilon));
    return { value: sub(value, move), slots: [m, v] };
  },
});
