import { div, where } from '../../ops/math/arithmetic.ts';
import { bernoulli } from '../../random/distributions.ts';
import { at } from '../../util/errors.ts';
import type { Shape } from '../../util/shapes.ts';
import { defineLayer } from '../define-layer.ts';
import { requireRate } from '../requirements.ts';

/** Options of `dropout`. */
export interface DropoutConfig {
  /** Part of the elements that are dropped, in [0, 1). */
  readonly rate: number;
  /**
   * Shape of the mask, batch axis included, null where it is the input's; extents of 1 drop together. Default
   * the input's.
   */
  readonly noiseShape: readonly (number | null)[] | null;
}

/**
 * In training sets elements to zero at random and divides the others by 1 - rate, so that the mean stays;
 * otherwise the identity (Srivastava 2014). As Keras 3.
 */
export const dropout = defineLayer({
  type: 'Dropout',
  required: ['rate'],
  defaults: { noiseShape: null },
  supportsMasking: true,
  check({ rate }: DropoutConfig, where) {
    requireRate(rate, 'rate', where);
  },
  build: (config: DropoutConfig, _input, weights) => ({
    stream: config.rate > 0 ? weights.seedGenerator() : undefined,
  }),
  call({ config: { rate, noiseShape }, stream }, x, { training }) {
    if (!training || !stream) return x;
    const keep = bernoulli(stream.next(), 1 - rate, maskShape(x.shape, noiseShape));
    return where(keep, div(x, 1 - rate), 0);
  },
});

function maskShape(shape: Shape, noiseShape: DropoutConfig['noiseShape']): Shape {
  return noiseShape === null ? shape : noiseShape.map((extent, axis) => extent ?? at(shape, axis));
}
