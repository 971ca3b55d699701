import { add, clip, div, mul, pow, square, sub } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { defineOptimizer } from './definition.ts';
import { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './options.ts';

/** Options of `ftrl`. */
export interface FtrlConfig extends OptimizerConfig {
  /** How the rate falls with the sum of squares n: as n^learningRatePower, at most 0. Default -0.5. */
  readonly learningRatePower: number;
  /** Sum of squares before the first gradient, at least 0. Default 0.1. */
  readonly initialAccumulatorValue: number;
  /** Penalty on magnitudes, which makes weights exactly 0. At least 0, default 0. */
  readonly l1RegularizationStrength: number;
  /** Penalty on squares that stabilizes. At least 0, default 0. */
  readonly l2RegularizationStrength: number;
  /** Penalty on squares that is part of the gradient. At least 0, default 0. */
  readonly l2ShrinkageRegularizationStrength: number;
  /** Beta of the paper. Default 0. */
  readonly beta: number;
}

const NOT_NEGATIVE = [
  'initialAccumulatorValue',
  'l1RegularizationStrength',
  'l2RegularizationStrength',
  'l2ShrinkageRegularizationStrength',
] as const;

/** "Follow the regularized leader" (McMahan 2013), for linear models with many zeros. As Keras 3. */
export const ftrl = defineOptimizer<FtrlConfig>({
  className: 'Ftrl',
  defaults: {
    learningRate: 0.001,
    learningRatePower: -0.5,
    initialAccumulatorValue: 0.1,
    l1RegularizationStrength: 0,
    l2RegularizationStrength: 0,
    l2ShrinkageRegularizationStrength: 0,
    beta: 0,
    ...OPTIMIZER_DEFAULTS,
  },
  check(config) {
    for (const name of NOT_NEGATIVE) {
      if (config[name] >= 0) continue;
      throw new AntlerValueError({ where: 'Ftrl', expected: `${name} >= 0`, got: `${config[name]}` });
    }
    const { learningRatePower: power } = config;
    if (power <= 0) return;
    throw new AntlerValueError({ where: 'Ftrl', expected: 'learningRatePower <= 0', got: `${power}` });
  },
  slots: ({ initialAccumulatorValue: initial }) => [[{ name: 'accumulator', initial }, 'linear']],
  update({ config, gradient, value, slots, learningRate }) {
    const { l1RegularizationStrength: l1, learningRatePower } = config;
    const [before, z] = [at(slots, 0), at(slots, 1)];
    const n = add(before, square(gradient));
    const [root, rootBefore] = [powerOf(n, -learningRatePower), powerOf(before, -learningRatePower)];
    const slope = add(gradient, mul(value, 2 * config.l2ShrinkageRegularizationStrength));
    const linear = add(z, sub(slope, mul(div(sub(root, rootBefore), learningRate), value)));
    const l2 = add(config.l2RegularizationStrength, div(config.beta / 2, learningRate));
    const quadratic = add(div(root, learningRate), mul(l2, 2));
    return { value: div(sub(clip(linear, -l1, l1), linear), quadratic), slots: [n, linear] };
  },
});

/** A root is exact, and much faster than a power. */
function powerOf(x: Tensor, exponent: number): Tensor {
  return exponent === 0.5 ? sqrt(x) : pow(x, exponent);
}
