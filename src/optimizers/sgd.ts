import { add, mul, sub } from '../ops/math/arithmetic.ts';
import { defineOptimizer } from './definition.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig, requireFraction } from './options.ts';

/** Options of `sgd`. */
export interface SgdConfig extends OptimizerConfig {
  /** Part of the last step that is repeated, in [0, 1]. Default 0. */
  readonly momentum: number;
  /** Look ahead along the momentum (Nesterov 1983). Default false. */
  readonly nesterov: boolean;
}

/**
 * Gradient descent: w := w - learningRate g; with momentum v := momentum v - learningRate g, w := w + v. As
 * Keras 3.
 */
export const sgd = defineOptimizer<SgdConfig>({
  className: 'SGD',
  defaults: { learningRate: 0.01, momentum: 0, nesterov: false, ...OPTIMIZER_DEFAULTS },
  check: ({ momentum }) => requireFraction(momentum, 'momentum', 'SGD'),
  slots: ({ momentum }) => (momentum === 0 ? [] : [['momentum']]),
  update({ config: { momentum, nesterov }, gradient, value, slots: [velocity], learningRate }) {
    const step = mul(gradient, learningRate);
    if (!velocity) return { value: sub(value, step), slots: [] };
    const next = sub(mul(velocity, momentum), step);
    const move = nesterov ? sub(mul(next, momentum), step) : next;
    return { value: add(value, move), slots: [next] };
  },
});
