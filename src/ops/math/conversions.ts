import type { Tensor } from '../../tensor/tensor.ts';
import type { TensorLike } from '../convert.ts';
import { cast } from './arithmetic.ts';

/** x as float32. */
export function toFloat(x: TensorLike): Tensor {
  return cast(x, 'float32');
}

/** x as int32: truncated towards zero, saturated, NaN as 0. */
export function toInt(x: TensorLike): Tensor {
  return cast(x, 'int32');
}

/** x as bool: `x != 0`. */
export function toBool(x: TensorLike): Tensor {
  return cast(x, 'bool');
}
