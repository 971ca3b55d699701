import type { Tensor } from '../../tensor/tensor.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { div, where } from '../math/arithmetic.ts';
import { isNan, logicalNot } from '../math/compare.ts';
import type { AxisArgument } from './axes.ts';
import { all, max, min, prod, sum } from './reduce.ts';

/** x with another value for its NaN, which have no gradient. */
function filled(x: Tensor, value: number): Tensor {
  return where(isNan(x), value, x);
}

/** Sum over axes (all by default) of what is not NaN; 0 of nothing. */
export function nansum(x: TensorLike, axis?: AxisArgument): Tensor {
  return sum(filled(toTensor(x, 'nansum'), 0), axis);
}

/** Product over axes (all by default) of what is not NaN; 1 of nothing. */
export function nanprod(x: TensorLike, axis?: AxisArgument): Tensor {
  return prod(filled(toTensor(x, 'nanprod'), 1), axis);
}

/** Mean over axes (all by default) of what is not NaN; NaN of nothing. Integers become float32. */
export function nanmean(x: TensorLike, axis?: AxisArgument): Tensor {
  const values = toTensor(x, 'nanmean');
  return div(nansum(values, axis), sum(logicalNot(isNan(values)), axis));
}

/** Largest element over axes (all by default) that is not NaN; NaN if all are. @throws AntlerValueError of nothing */
export function nanmax(x: TensorLike, axis?: AxisArgument): Tensor {
  return extreme(max, -Infinity, toTensor(x, 'nanmax'), axis);
}

/** Smallest element over axes (all by default) that is not NaN; NaN if all are. @throws AntlerValueError of nothing */
export function nanmin(x: TensorLike, axis?: AxisArgument): Tensor {
  return extreme(min, Infinity, toTensor(x, 'nanmin'), axis);
}

function extreme(reduce: typeof max, filling: number, x: Tensor, axis: AxisArgument): Tensor {
  if (x.dtype !== 'float32' && x.dtype !== 'float64') return reduce(x, axis);
  return where(all(isNan(x), axis), Number.NaN, reduce(filled(x, filling), axis));
}
