import { where } from '../ops/math/arithmetic.ts';
import { greater } from '../ops/math/compare.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** x where it is above `limit`, else `defaultValue`: float [...] to [...]. As Keras 3. */
export function threshold(x: Tensor, limit: number, defaultValue: number): Tensor {
  return where(greater(x, limit), x, defaultValue);
}
