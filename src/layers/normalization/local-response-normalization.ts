import { add, div, mul, pow, square } from '../../ops/math/arithmetic.ts';
import { avgPool1d } from '../../ops/nn/pool.ts';
import { reshape } from '../../ops/shape/shape.ts';
import { pad } from '../../ops/shape/tiling.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';

/** Options of `localResponseNormalization`, by the paper's letters. */
export interface LocalResponseNormalizationConfig {
  /** How many neighbouring channels look at each other. Default 5. */
  readonly n: number;
  /** Default 2. */
  readonly k: number;
  /** Default 0.0001. */
  readonly alpha: number;
  /** Default 0.75. */
  readonly beta: number;
}

/**
 * x_i / (k + alpha sum of x_j^2)^beta, the sum over the n channels j from i - floor(n / 2) to i + floor((n - 1) /
 * 2) that exist: [batch, ..., channels] to the same (Krizhevsky, Sutskever and Hinton 2012, section 3.3). The
 * defaults are the paper's. PyTorch's layer of the same name divides its alpha by n. Not in Keras.
 */
export const localResponseNormalization = defineLayer({
  type: 'LocalResponseNormalization',
  defaults: { n: 5, k: 2, alpha: 1e-4, beta: 0.75 },
  input: '[batch, ..., channels]',
  check({ n, k }: LocalResponseNormalizationConfig, where) {
    requireWhole(n, 'n', where);
    if (k > 0) return;
    throw new AntlerValueError({ where, expected: 'k > 0, so that nothing is divided by 0', got: `${k}` });
  },
  call({ config: { n, k, alpha, beta } }, x) {
    const channels = at(x.shape, -1);
    const positions = sizeOf(x.shape) / channels;
    const behind = Math.floor((n - 1) / 2);
    const squares = pad(square(reshape(x, [positions, channels, 1])), [
      [0, 0],
      [n - 1 - behind, behind],
      [0, 0],
    ]);
    const sums = mul(avgPool1d(squares, { poolSize: n, strides: 1 }), n);
    return div(x, pow(add(mul(reshape(sums, x.shape), alpha), k), beta));
  },
});
