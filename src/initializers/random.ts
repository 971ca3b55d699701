import { truncatedNormal as drawTruncated, normal, uniform } from '../random/distributions.ts';
import { key as keyOf } from '../random/keys.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { defineInitializer, type InitializerContext, requirePositive } from './initializer.ts';

/** A seed of its own, for weights that shall not depend on the model's. */
export interface SeedOption {
  readonly seed: number | null;
}

/** The stream to draw from: the initializer's own if it has a seed, else the weight's. */
export function streamOf({ seed }: SeedOption, { key }: InitializerContext): Tensor {
  return seed === null ? key : keyOf(seed);
}

const NO_SEED: SeedOption = { seed: null };

/** Uniform in [minval, maxval), default [-0.05, 0.05). */
export const randomUniform = defineInitializer({
  className: 'RandomUniform',
  defaults: { minval: -0.05, maxval: 0.05, ...NO_SEED },
  sample: (config, shape, context) => {
    const { minval, maxval } = config;
    return uniform(streamOf(config, context), shape, { minval, maxval, dtype: floatOf(context) });
  },
});

/** Normal with `mean` (default 0) and `stddev` (default 0.05). */
export const randomNormal = defineInitializer({
  className: 'RandomNormal',
  defaults: { mean: 0, stddev: 0.05, ...NO_SEED },
  check: ({ stddev }) => requirePositive(stddev, 'stddev', 'RandomNormal'),
  sample: (config, shape, context) => {
    const { mean, stddev } = config;
    return normal(streamOf(config, context), shape, { mean, stddev, dtype: floatOf(context) });
  },
});

/**
 * Normal with `mean` (default 0) and `stddev` (default 0.05), drawn again outside two standard deviations.
 */
export const truncatedNormal = defineInitializer({
  className: 'TruncatedNormal',
  defaults: { mean: 0, stddev: 0.05, ...NO_SEED },
  check: ({ stddev }) => requirePositive(stddev, 'stddev', 'TruncatedNormal'),
  sample: (config, shape, context) => {
    const { mean, stddev } = config;
    return drawTruncated(streamOf(config, context), shape, { mean, stddev, dtype: floatOf(context) });
  },
});

/** Random weights are floats. */
export function floatOf({ dtype }: InitializerContext): 'float32' | 'float64' {
  return dtype === 'float64' ? 'float64' : 'float32';
}
