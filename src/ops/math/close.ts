import { Tensor } from '../../tensor/tensor.ts';
import { type DType, isFloat } from '../../util/dtypes.ts';
import { commonDType, type TensorLike, toNodeOf, toTensor } from '../convert.ts';
import { all } from '../reduce/reduce.ts';
import { abs, add, mul, sub, where } from './arithmetic.ts';
import { equal, isFinite as isFiniteNumber, isNan, lessEqual, logicalAnd, logicalOr } from './compare.ts';

/** How near two numbers must be to count as close. */
export interface CloseOptions {
  /** Distance allowed in proportion to the size of b. Default 1e-5. */
  readonly rtol?: number;
  /** Distance allowed on top. Default 1e-8. */
  readonly atol?: number;
  /** Whether NaN is close to NaN. Default false. */
  readonly equalNan?: boolean;
}

/** Whether |a - b| <= atol + rtol |b|, element by element, as bool, broadcast; infinities are close to their like only. */
export function isclose(a: TensorLike, b: TensorLike, options: CloseOptions = {}): Tensor {
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  const common = commonDType([a, b], 'isclose');
  const dtype: DType = isFloat(common) ? common : 'float64';
  const [x, y] = [a, b].map((value) => new Tensor(toNodeOf(value, dtype, 'isclose'))) as [Tensor, Tensor];
  const isNear = lessEqual(abs(sub(x, y)), add(mul(abs(y), rtol), atol));
  const close = logicalOr(equal(x, y), logicalAnd(isNear, isFiniteNumber(y)));
  return equalNan ? logicalOr(close, logicalAnd(isNan(x), isNan(y))) : close;
}

/** Whether all elements are close, as a bool scalar; see `isclose`. */
export function allclose(a: TensorLike, b: TensorLike, options: CloseOptions = {}): Tensor {
  return all(isclose(a, b, options));
}

/** What stands in for the values that are no ordinary numbers. */
export interface NanOptions {
  /** For NaN. Default 0. */
  readonly nan?: number;
  /** For infinity. Default the largest finite number of the dtype. */
  readonly posinf?: number;
  /** For -infinity. Default the least finite number of the dtype. */
  readonly neginf?: number;
}

const LARGEST = { float32: (2 - 2 ** -23) * 2 ** 127, float64: Number.MAX_VALUE } as const;

/** x with NaN and infinities replaced, in its dtype; they have no gradient. Integers and bool stay as they are. */
export function nanToNum(x: TensorLike, options: NanOptions = {}): Tensor {
  const values = toTensor(x, 'nanToNum');
  if (values.dtype !== 'float32' && values.dtype !== 'float64') return values;
  const largest = LARGEST[values.dtype];
  const { nan = 0, posinf = largest, neginf = -largest } = options;
  const bounded = where(equal(values, Infinity), posinf, where(equal(values, -Infinity), neginf, values));
  return where(isNan(values), nan, bounded);
}
