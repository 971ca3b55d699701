import { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode } from '../convert.ts';
import { add, mul, sub, where } from '../math/arithmetic.ts';
import { equal, isInf, isNan, logicalAnd } from '../math/compare.ts';
import { sort } from '../search/sort.ts';
import { moveaxis, reshape } from '../shape/shape.ts';
import { sliceAxis } from '../shape/slicing.ts';
import { type AxisOptions, reducedAxes } from './axes.ts';
import { any } from './reduce.ts';

/**
 * The value below which a fraction q of the elements over axes (all by default) lies, between two elements by linear
 * interpolation; NaN if any element is NaN. Integers become float32.
 * @param q in [0, 1]
 * @throws AntlerValueError of nothing
 */
export function quantile(x: TensorLike, q: number, options: AxisOptions = {}): Tensor {
  if (!(q >= 0 && q <= 1)) {
    throw new AntlerValueError({ where: 'quantile', expected: 'q in [0, 1]', got: `${q}` });
  }
  const values = new Tensor(toFloatNode(x, 'quantile'));
  const { axes, shape } = reducedAxes(values.shape, options, 'quantile');
  const count = sizeOf(axes.map((axis) => at(values.shape, axis)));
  if (count === 0) {
    throw new AntlerValueError({ where: 'quantile', expected: 'at least one element', got: 'none' });
  }
  const kept = values.shape.filter((_, axis) => !axes.includes(axis));
  const last = axes.map((_, i) => i - axes.length);
  const lines = reshape(moveaxis(values, axes, last), [...kept, count]);
  return reshape(interpolated(lines, q * (count - 1)), shape);
}

/** The sorted elements along the last axis at a place between two of them. */
function interpolated(lines: Tensor, place: number): Tensor {
  const axis = lines.rank - 1;
  const sorted = sort(lines);
  const lower = Math.floor(place);
  const upper = Math.min(lower + 1, at(lines.shape, axis) - 1);
  const [low, high] = [sliceAxis(sorted, axis, lower, 1), sliceAxis(sorted, axis, upper, 1)];
  const value = place === lower ? low : between(low, high, place - lower);
  const spoiled = any(isNan(lines), { axis, keepDims: true });
  return where(spoiled, Number.NaN, value);
}

/** Also for equal infinities, whose distance is NaN. */
function between(low: Tensor, high: Tensor, weight: number): Tensor {
  const isEndless = logicalAnd(isInf(low), equal(low, high));
  return add(low, mul(where(isEndless, 0, sub(high, low)), weight));
}

/** The element in the middle of the order over axes (all by default), the mean of two if their number is even. */
export function median(x: TensorLike, options: AxisOptions = {}): Tensor {
  return quantile(x, 0.5, options);
}
