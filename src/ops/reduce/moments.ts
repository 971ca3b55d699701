import { Tensor } from '../../tensor/tensor.ts';
import { type TensorLike, toFloatNode } from '../convert.ts';
import { div, maximum, mul, square, sub } from '../math/arithmetic.ts';
import { rsqrt } from '../math/math.ts';
import { reshape } from '../shape/shape.ts';
import { type AxisArgument, reducedAxes } from './axes.ts';
import { mean, norm, sum } from './reduce.ts';

/** The first two moments. */
export interface Moments {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Mean and variance over axes (all by default), the mean computed once. NaN of nothing. Integers become float32. */
export function moments(x: TensorLike, axis?: AxisArgument): Moments {
  const values = new Tensor(toFloatNode(x, 'moments'));
  const { axes, shape } = reducedAxes(values.shape, axis, 'moments');
  const center = mean(values, { axis: axes, keepDims: true });
  return { mean: reshape(center, shape), variance: mean(square(sub(values, center)), axis) };
}

/** Options of `normalize`. */
export interface NormalizeOptions {
  /** One axis or several, over which the norm is taken. Default -1. */
  readonly axis?: number | readonly number[];
  /** p of the p-norm, as in `norm`. Default 2. */
  readonly ord?: number;
  /** The least norm that divides. Default 1e-7. */
  readonly epsilon?: number;
}

/** x divided by its p-norm over axes. Integers become float32. As Keras 3. */
export function normalize(x: TensorLike, options: NormalizeOptions = {}): Tensor {
  const { axis = -1, ord = 2, epsilon = 1e-7 } = options;
  const values = new Tensor(toFloatNode(x, 'normalize'));
  if (ord !== 2) return div(values, maximum(norm(values, { axis, ord, keepDims: true }), epsilon));
  // bounded before the root, whose slope at 0 is infinite
  const squares = sum(square(values), { axis, keepDims: true });
  return mul(values, rsqrt(maximum(squares, epsilon * epsilon)));
}
