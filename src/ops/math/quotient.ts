import type { Tensor } from '../../tensor/tensor.ts';
import type { TensorLike } from '../convert.ts';
import { div, where } from './arithmetic.ts';
import { equal } from './compare.ts';

/** a / b, broadcast; 0 where b is 0. */
export function quotientOr0(a: TensorLike, b: TensorLike): Tensor {
  const isZero = equal(b, 0);
  // the divisor is replaced too: the slope of a division by 0 would be NaN
  return where(isZero, 0, div(a, where(isZero, 1, b)));
}
