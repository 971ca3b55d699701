import { mul, square, sub, tanh } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';

const AMPLITUDE = 1.7159;
const SLOPE = 2 / 3;

/** A tanh(S a), A = 1.7159, S = 2/3: so that f(1) = 1 and f(-1) = -1, where its second derivative is greatest. */
export function squash(sums: Tensor): Tensor {
  return mul(AMPLITUDE, tanh(mul(SLOPE, sums)));
}

/** The derivative of `squash`, from its value. */
export function squashSlope(value: Tensor): Tensor {
  return mul(SLOPE / AMPLITUDE, sub(AMPLITUDE ** 2, square(value)));
}
