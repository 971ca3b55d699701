import { add, mul, sub } from '../ops/arithmetic.ts';
import { AntlerValueError } from '../util/errors.ts';
import { defineOptimizer, OPTIMIZER_DEFAULTS, type OptimizerConfig } from './optimizer.ts';

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
  check({ momentum }) {
    if (momentum >= 0 && momentum <= 1) return;
    throw new AntlerValueError({ where: 'SGD', expected: 'momentum in [0, 1]', got: `${momentum}` });
  },
  slots: ({ momentum }) => (momentum === 0 ? [] : [['momentum']]),
  update({ config: { momentum, nesterov }, gradient, value, slots: [velocity], learningRate }) {
    const step = mul(gradient, learningRate);
    if (!velocity) return { value: sub(value, step), slots: [] };
    const next = sub(mul(velocity, momentum), step);
    const move = nesterov ? sub(mul(next, momentum), step) : next;
    return { value: add(value, move), slots: [next] };
  },
});
