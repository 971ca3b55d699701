import { add, mul } from '../../ops/math/arithmetic.ts';
import { normal } from '../../random/distributions.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { defineLayer } from '../define-layer.ts';
import { requireRate } from '../requirements.ts';

/** Options of `gaussianNoise`. */
export interface GaussianNoiseConfig {
  /** Standard deviation of the noise, in [0, 1]. */
  readonly stddev: number;
}

/** In training adds normal noise; otherwise the identity. Any shape. As Keras 3. */
export const gaussianNoise = defineLayer({
  type: 'GaussianNoise',
  required: ['stddev'],
  defaults: {},
  supportsMasking: true,
  check({ stddev }: GaussianNoiseConfig, where) {
    if (stddev >= 0 && stddev <= 1) return;
    throw new AntlerValueError({ where, expected: 'stddev in [0, 1]', got: `${stddev}` });
  },
  build: ({ stddev }: GaussianNoiseConfig, _input, weights) => ({
    stream: stddev > 0 ? weights.seedGenerator() : undefined,
  }),
  call({ config: { stddev }, stream }, x, { training }) {
    return training && stream ? add(x, normalLike(x, stream.next(), { mean: 0, stddev })) : x;
  },
});

/** Options of `gaussianDropout`. */
export interface GaussianDropoutConfig {
  /** As that of `dropout`, in [0, 1): the noise has the variance rate / (1 - rate). */
  readonly rate: number;
}

/**
 * In training multiplies by normal noise around 1 that has the variance of a dropout (Srivastava 2014, section
 * 10); otherwise the identity. Any shape. As Keras 3.
 */
export const gaussianDropout = defineLayer({
  type: 'GaussianDropout',
  required: ['rate'],
  defaults: {},
  supportsMasking: true,
  check: ({ rate }: GaussianDropoutConfig, where) => requireRate(rate, 'rate', where),
  build: ({ rate }: GaussianDropoutConfig, _input, weights) => ({
    stream: rate > 0 ? weights.seedGenerator() : undefined,
  }),
  call({ config: { rate }, stream }, x, { training }) {
    if (!training || !stream) return x;
    return mul(x, normalLike(x, stream.next(), { mean: 1, stddev: Math.sqrt(rate / (1 - rate)) }));
  },
});

function normalLike(
  { shape, dtype }: Tensor,
  key: Tensor,
  options: { readonly mean: number; readonly stddev: number },
): Tensor {
  return normal(key, shape, { ...options, dtype: dtype === 'float64' ? dtype : 'float32' });
}
