import { add, div, maximum, mul, pow, square, sub } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { decayingMean } from './mean.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';
import type { SharedContext, Update, UpdateContext } from './rule.ts';

/** Options of `adam` and `adamW`. */
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

const DEFAULTS: AdamConfig = {
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  amsgrad: false,
  ...OPTIMIZER_DEFAULTS,
};

const slots = ({ amsgrad }: AdamConfig) => [['momentum', 'velocity'], ...(amsgrad ? [['velocity_hat']] : [])];

/** learningRate sqrt(1 - beta2^t) / (1 - beta1^t), which corrects means that began at 0. */
export function correctedRate(
  { beta1, beta2 }: Pick<AdamConfig, 'beta1' | 'beta2'>,
  { learningRate, step }: Pick<SharedContext, 'learningRate' | 'step'>,
): Tensor {
  return mul(learningRate, div(sqrt(sub(1, pow(beta2, step))), sub(1, pow(beta1, step))));
}

/** The update of Adam; `shared` is the corrected rate. */
export function adamUpdate({
  config: { beta1, beta2, epsilon },
  gradient,
  value,
  slots: kept,
  shared,
}: Omit<UpdateContext<Pick<AdamConfig, 'beta1' | 'beta2' | 'epsilon'>>, 'learningRate'>): Update {
  const m = decayingMean(at(kept, 0), gradient, beta1);
  const v = decayingMean(at(kept, 1), square(gradient), beta2);
  const largest = kept[2] && maximum(kept[2], v);
  const move = div(mul(m, at(shared, 0)), add(sqrt(largest ?? v), epsilon));
  return { value: sub(value, move), slots: [m, v, ...(largest ? [largest] : [])] };
}

/**
 * Adam (Kingma and Ba 2014): means m and v of gradients and their squares, w := w - alpha m / (sqrt(v) +
 * epsilon) with alpha = learningRate sqrt(1 - beta2^t) / (1 - beta1^t). As Keras 3.
 */
export const adam = defineOptimizer<AdamConfig>({
  className: 'Adam',
  defaults: DEFAULTS,
  slots,
  prepare: (config, context) => [correctedRate(config, context)],
  update: adamUpdate,
});

/** Adam with weight decay beside the gradient, default 0.004 (Loshchilov and Hutter 2017). As Keras 3. */
export const adamW = defineOptimizer<AdamConfig>({
  className: 'AdamW',
  defaults: { ...DEFAULTS, weightDecay: 0.004 },
  check({ weightDecay }) {
    if (weightDecay !== null) return;
    throw new AntlerValueError({ where: 'AdamW', expected: 'weightDecay, a number', got: 'null' });
  },
  slots,
  prepare: (config, context) => [correctedRate(config, context)],
  update: adamUpdate,
});
