import { leakyRelu as applyLeakyRelu, relu as applyRelu } from '../../activations/functions.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { defineLayer } from '../define-layer.ts';

/** Options of `relu`. */
export interface ReluConfig {
  /** Largest result; null for no limit. */
  readonly maxValue: number | null;
  /** Slope below the threshold. Default 0. */
  readonly negativeSlope: number;
  /** Where x begins to pass. Default 0. */
  readonly threshold: number;
}

/**
 * max(x, 0); with options x above `threshold`, no more than `maxValue`, and negativeSlope (x - threshold) below.
 * Any shape. As Keras 3.
 */
export const relu = defineLayer({
  type: 'ReLU',
  defaults: { maxValue: null, negativeSlope: 0, threshold: 0 },
  supportsMasking: true,
  check({ maxValue, negativeSlope, threshold }: ReluConfig, where) {
    requireNotNegative(maxValue ?? 0, 'maxValue', where);
    requireNotNegative(negativeSlope, 'negativeSlope', where);
    requireNotNegative(threshold, 'threshold', where);
  },
  call: ({ config }, x) => applyRelu(x, config),
});

/** Options of `leakyRelu`. */
export interface LeakyReluConfig {
  /** Slope below 0. Default 0.3. */
  readonly negativeSlope: number;
}

/** x above 0, `negativeSlope` x below (Maas 2013). Any shape. As Keras 3, whose activation has slope 0.2. */
export const leakyRelu = defineLayer({
  type: 'LeakyReLU',
  defaults: { negativeSlope: 0.3 },
  supportsMasking: true,
  check: ({ negativeSlope }: LeakyReluConfig, where) =>
    requireNotNegative(negativeSlope, 'negativeSlope', where),
  call: ({ config }, x) => applyLeakyRelu(x, config.negativeSlope),
});

function requireNotNegative(value: number, option: string, where: string): void {
  if (value >= 0) return;
  throw new AntlerValueError({ where, expected: `${option} >= 0`, got: `${value}` });
}
