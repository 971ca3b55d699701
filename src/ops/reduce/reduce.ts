import type { Node } from '../../graph/node.ts';
import { cast } from '../../primitives/elementwise/arithmetic.ts';
import { stopGradient as stopGradientPrimitive } from '../../primitives/leaf.ts';
import * as p from '../../primitives/reduction/reduce.ts';
import { reshape } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';

import { AntlerValueError } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode, toNode } from '../convert.ts';
import { abs, add, where as choose, div, pow, square, sub } from '../math/arithmetic.ts';
import { isFinite as isFiniteNumber, notEqual } from '../math/compare.ts';
import { exp, log, sqrt } from '../math/math.ts';
import { type AxisArgument, type AxisOptions, reducedAxes } from './axes.ts';

function reduceNode(
  where: string,
  primitive: (x: Node, axes: readonly number[]) => Node,
  x: Node,
  axis: AxisArgument,
): Tensor {
  const { axes, shape } = reducedAxes(x.shape, axis, where);
  return new Tensor(reshape(primitive(x, axes), shape));
}

/** Small integers are added up as int32, where they have room. */
function widened(x: Node): Node {
  return x.dtype === 'bool' || x.dtype === 'uint8' ? cast(x, 'int32') : x;
}

/** Sum over axes (all by default); 0 of nothing. bool and uint8 are summed as int32. */
export function sum(x: TensorLike, axis?: AxisArgument): Tensor {
  return reduceNode('sum', p.sum, widened(toNode(x, 'sum')), axis);
}

/** Product over axes (all by default); 1 of nothing. bool and uint8 are multiplied as int32. */
export function prod(x: TensorLike, axis?: AxisArgument): Tensor {
  return reduceNode('prod', p.prod, widened(toNode(x, 'prod')), axis);
}

/** Arithmetic mean over axes (all by default); NaN of nothing. Integers become float32. */
export function mean(x: TensorLike, axis?: AxisArgument): Tensor {
  const node = toFloatNode(x, 'mean');
  return div(sum(new Tensor(node), axis), countAlong(node, axis, 'mean'));
}

function countAlong(x: Node, axis: AxisArgument, where: string): number {
  return reducedAxes(x.shape, axis, where).axes.reduce((count, i) => count * (x.shape[i] ?? 1), 1);
}

/** Options of `variance` and `std`. */
export interface VarianceOptions extends AxisOptions {
  /** Subtracted from the number of elements before it divides: 1 for an unbiased estimate. Default 0. */
  readonly correction?: number;
}

/**
 * Variance over axes (all by default): the mean squared distance from the mean; NaN of too few elements. Integers become
 * float32.
 */
export function variance(x: TensorLike, options?: AxisArgument | VarianceOptions): Tensor {
  const values = new Tensor(toFloatNode(x, 'variance'));
  const { axes } = reducedAxes(values.shape, options, 'variance');
  const squares = square(sub(values, mean(values, { axis: axes, keepDims: true })));
  const correction = correctionOf(options);
  if (correction === 0) return mean(squares, options);
  const count = Math.max(0, countAlong(values.node, options, 'variance') - correction);
  return div(sum(squares, options), count);
}

function correctionOf(options: AxisArgument | VarianceOptions): number {
  return typeof options === 'object' && 'correction' in options ? (options.correction ?? 0) : 0;
}

/** Standard deviation over axes (all by default): the root of the variance. */
export function std(x: TensorLike, options?: AxisArgument | VarianceOptions): Tensor {
  return sqrt(variance(x, options));
}

function extreme(
  where: string,
  primitive: (x: Node, axes: readonly number[]) => Node,
  x: TensorLike,
  axis: AxisArgument,
): Tensor {
  const node = toNode(x, where);
  if (countAlong(node, axis, where) === 0) {
    throw new AntlerValueError({
      where,
      expected: 'at least one element',
      got: `shape ${formatShape(node.shape)}`,
    });
  }
  return throughBytes(node, (numbers) => reduceNode(where, primitive, numbers, axis).node);
}

/** Reductions know numbers only, so bool passes as uint8. */
function throughBytes(x: Node, body: (numbers: Node) => Node): Tensor {
  return new Tensor(x.dtype === 'bool' ? cast(body(cast(x, 'uint8')), 'bool') : body(x));
}

/** Largest element over axes (all by default); NaN if any is NaN. @throws AntlerValueError of nothing */
export function max(x: TensorLike, axis?: AxisArgument): Tensor {
  return extreme('max', p.reduceMax, x, axis);
}

/** Smallest element over axes (all by default); NaN if any is NaN. @throws AntlerValueError of nothing */
export function min(x: TensorLike, axis?: AxisArgument): Tensor {
  return extreme('min', p.reduceMin, x, axis);
}

/** Whether any element over axes (all by default) is not 0, as bool; false of nothing. */
export function any(x: TensorLike, axis?: AxisArgument): Tensor {
  return throughBytes(
    cast(toNode(x, 'any'), 'bool'),
    (bytes) => reduceNode('any', p.reduceMax, bytes, axis).node,
  );
}

/** Whether all elements over axes (all by default) are not 0, as bool; true of nothing. */
export function all(x: TensorLike, axis?: AxisArgument): Tensor {
  return throughBytes(
    cast(toNode(x, 'all'), 'bool'),
    (bytes) => reduceNode('all', p.reduceMin, bytes, axis).node,
  );
}

/** How many elements over axes (all by default) are not 0, as int32. */
export function countNonzero(x: TensorLike, axis?: AxisArgument): Tensor {
  return sum(notEqual(x, 0), axis);
}

/** The same value, through which no gradient flows. */
export function stopGradient(x: TensorLike): Tensor {
  return new Tensor(stopGradientPrimitive(toNode(x, 'stopGradient')));
}

/**
 * log(sum(exp(x))) over axes (all by default) without overflow; -infinity of nothing. Integers become float32.
 */
export function logsumexp(x: TensorLike, axis?: AxisArgument): Tensor {
  const values = new Tensor(toFloatNode(x, 'logsumexp'));
  const { axes, shape } = reducedAxes(values.shape, axis, 'logsumexp');
  if (countAlong(values.node, axis, 'logsumexp') === 0) return log(sum(exp(values), axis));
  const largest = stopGradient(max(values, { axis: axes, keepDims: true }));
  const shift = choose(isFiniteNumber(largest), largest, 0); // infinity minus itself would be NaN
  const total = log(sum(exp(sub(values, shift)), { axis: axes, keepDims: true }));
  return new Tensor(reshape(add(total, shift).node, shape));
}

/** Options of `norm`. */
export interface NormOptions {
  readonly axis?: number | readonly number[];
  readonly keepDims?: boolean;
  /** p of the p-norm: 1, 2 (default), Infinity, -Infinity, 0 (counts elements that are not 0) or any other number. */
  readonly ord?: number;
}

/** The p-norm of the elements over axes (all by default): sum(|x|^p)^(1/p). Integers become float32. */
export function norm(x: TensorLike, { ord = 2, ...axis }: NormOptions = {}): Tensor {
  const values = new Tensor(toFloatNode(x, 'norm'));
  if (ord === 2) return sqrt(sum(square(values), axis));
  if (ord === 1) return sum(abs(values), axis);
  if (ord === Infinity) return max(abs(values), axis);
  if (ord === -Infinity) return min(abs(values), axis);
  if (ord === 0) return new Tensor(cast(countNonzero(values, axis).node, values.dtype));
  return pow(sum(pow(abs(values), ord), axis), 1 / ord);
}
