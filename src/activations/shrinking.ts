/** Activations that set what is near zero to zero: float [...] to [...], as Keras 3. */
import { abs, add, sub, where } from '../ops/math/arithmetic.ts';
import { greater, less } from '../ops/math/compare.ts';
import { tanh } from '../ops/math/math.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** x where |x| > threshold, else 0. Default threshold 0.5. */
export function hardShrink(x: Tensor, threshold = 0.5): Tensor {
  return where(greater(abs(x), threshold), x, 0);
}

/** x moved towards 0 by the threshold, 0 where |x| is no larger. Default threshold 0.5. */
export function softShrink(x: Tensor, threshold = 0.5): Tensor {
  const below = where(less(x, -threshold), add(x, threshold), 0);
  return where(greater(x, threshold), sub(x, threshold), below);
}

/** x - tanh(x). */
export function tanhShrink(x: Tensor): Tensor {
  return sub(x, tanh(x));
}
