import { add, mul, where } from '../../ops/math/arithmetic.ts';
import { bernoulli } from '../../random/distributions.ts';
import { at } from '../../util/errors.ts';
import { defineLayer } from '../define-layer.ts';
import { requireRate } from '../requirements.ts';

/** Options of `alphaDropout`. */
export interface AlphaDropoutConfig {
  /** Part of the elements that are dropped, in [0, 1). */
  readonly rate: number;
  /** Shape of the mask, as for `dropout`. Default the input's. */
  readonly noiseShape: readonly (number | null)[] | null;
}

/** Where `selu` ends far below 0. */
const SATURATION = -1.0507009873554805 * 1.6732632423543772;

/**
 * In training sets elements to the least value of `selu` at random, and scales and moves all so that mean and
 * variance stay (Klambauer 2017); otherwise the identity. Any shape. As Keras 3.
 */
export const alphaDropout = defineLayer({
  type: 'AlphaDropout',
  required: ['rate'],
  defaults: { noiseShape: null },
  supportsMasking: true,
  check: ({ rate }: AlphaDropoutConfig, where) => requireRate(rate, 'rate', where),
  build: ({ rate }: AlphaDropoutConfig, _input, weights) => ({
    stream: rate > 0 ? weights.seedGenerator() : undefined,
  }),
  call({ config: { rate, noiseShape }, stream }, x, { training }) {
    if (!training || !stream) return x;
    const shape = noiseShape?.map((extent, axis) => extent ?? at(x.shape, axis)) ?? x.shape;
    const keep = bernoulli(stream.next(), 1 - rate, shape);
    const scale = ((1 - rate) * (1 + rate * SATURATION ** 2)) ** -0.5;
    return add(mul(where(keep, x, SATURATION), scale), -scale * SATURATION * rate);
  },
});
