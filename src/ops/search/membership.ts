import type { Tensor } from '../../tensor/tensor.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { equal } from '../math/compare.ts';
import { any } from '../reduce/reduce.ts';
import { expandDims, flatten } from '../shape/shape.ts';

/**
 * Whether each element of x equals any of `elements`, as bool in the shape of x; never for NaN. Compares every pair.
 * As NumPy.
 */
export function isin(x: TensorLike, elements: TensorLike): Tensor {
  return any(equal(expandDims(toTensor(x, 'isin'), -1), flatten(elements)), -1);
}
