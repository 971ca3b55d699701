import { add, div, maximum, mul, pow, square, sub } from '../ops/arithmetic.ts';
import { sqrt } from '../ops/math.ts';
import { at, invariant } from '../util/errors.ts';
import { defineOptimizer, OPTIMIZER_DEFAULTS, type OptimizerConfig } from './optimizer.ts';

/** Options of `adam`. */
export interface AdamConfig extends OptimizerConfig {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2: number;
  /** Added to the root in the denominator. Default 1e-7, as Keras; the paper has 1e-8. */
  readonly epsilon: number;
  /** Divide by the largest mean square so far (Reddi 2018). Default false. */
  readonly amsgrad: boolean;
}

/**
 * Adam (Kingma and Ba 2014): means m and v of gradients and their squares, w := w - alpha m / (sqrt(v) +
 * epsilon) with alpha = learningRate sqrt(1 - beta2^t) / (1 - beta1^t). As Keras 3.
 */
export const adam = defineOptimizer<AdamConfig>({
  className: 'Adam',
  defaults: {
    learningRate: 0.001,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-7,
    amsgrad: false,
    ...OPTIMIZER_DEFAULTS,
  },
  slots: ({ amsgrad }) => [['momentum', 'velocity'], ...(amsgrad ? [['velocity_hat']] : [])],
  prepare({ beta1, beta2 }, { learningRate, step }) {
    const correction = div(sqrt(sub(1, pow(beta2, step))), sub(1, pow(beta1, step)));
    return [mul(learningRate, correction)];
  },
  update({ config: { beta1, beta2, epsilon }, gradient, value, slots: [m, v, vHat], shared }) {
    invariant(m && v, 'adam has two slots');
    const mean = add(m, mul(sub(gradient, m), 1 - beta1));
    const meanSquare = add(v, mul(sub(square(gradient), v), 1 - beta2));
    const largest = vHat && maximum(vHat, meanSquare);
    const move = div(mul(mean, at(shared, 0)), add(sqrt(largest ?? meanSquare), epsilon));
    return { value: sub(value, move), slots: [mean, meanSquare, ...(largest ? [largest] : [])] };
  },
});
