import { add, mul, sub } from '../ops/math/arithmetic.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** decay mean + (1 - decay) value: rounded as Keras rounds it where it writes the formula so. */
export function weightedMean(mean: Tensor, value: Tensor, decay: number): Tensor {
  return add(mul(mean, decay), mul(value, 1 - decay));
}

/** mean + (1 - decay) (value - mean): the same, where Keras rounds it so. */
export function decayingMean(mean: Tensor, value: Tensor, decay: number): Tensor {
  return add(mean, mul(sub(value, mean), 1 - decay));
}
