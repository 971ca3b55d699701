import type { Node } from '../../graph/node.ts';
import { cast, full, neg } from '../../primitives/elementwise/arithmetic.ts';
import { not } from '../../primitives/elementwise/compare.ts';
import * as p from '../../primitives/reduction/cumulative.ts';
import { cumulativeArgmax } from '../../primitives/reduction/cumulative-argmax.ts';
import { flip, reshape } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { isFloat } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { normalizeAxis, sizeOf } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode, toNode } from '../convert.ts';
import { takeAlongAxis } from '../index/along-axis.ts';
import { add, clip, sub } from '../math/arithmetic.ts';
import { exp, log } from '../math/math.ts';
import { concat } from '../shape/shape.ts';
import { sliceAxis } from '../shape/slicing.ts';
import { stopGradient } from './reduce.ts';

/** In which order elements are collected. */
export interface CumulativeOptions {
  /** Negative counts from the end. Default: x is flattened first. */
  readonly axis?: number;
  /** Collect from the last element to the first. Default false. */
  readonly reverse?: boolean;
}

/** Options of running sums and products. */
export interface RunningOptions extends CumulativeOptions {
  /** Leave each element out of its own result, so that the first is 0 for sums and 1 for products. Default false. */
  readonly exclusive?: boolean;
}

function alongAxis<Options extends CumulativeOptions>(
  where: string,
  given: Node,
  argument: number | Options | undefined,
  body: (x: Tensor, axis: number, options: Partial<Options>) => Tensor,
): Tensor {
  const options = typeof argument === 'number' ? ({ axis: argument } as Partial<Options>) : (argument ?? {});
  const { axis, reverse = false } = options as CumulativeOptions;
  const x = axis === undefined ? reshape(given, [sizeOf(given.shape)]) : given;
  const along = normalizeAxis(axis ?? 0, x.shape.length, where);
  const turn = (node: Node) => (reverse ? flip(node, [along]) : node);
  return new Tensor(turn(body(new Tensor(turn(x)), along, options as Partial<Options>).node));
}

/** Small integers are added up as int32, where they have room. */
function widened(x: TensorLike, where: string): Node {
  const node = toNode(x, where);
  return node.dtype === 'bool' || node.dtype === 'uint8' ? cast(node, 'int32') : node;
}

/** Moves results one place on, with `start` in front. */
function delayed(x: Tensor, axis: number, start: number): Tensor {
  const extent = at(x.shape, axis);
  if (extent === 0) return x;
  const first = new Tensor(full(sliceAxis(x, axis, 0, 1).node, start));
  return concat([first, sliceAxis(x, axis, 0, extent - 1)], axis);
}

/** Sums of the elements up to and including each, along an axis. bool and uint8 are summed as int32; integers wrap. */
export function cumsum(x: TensorLike, options?: number | RunningOptions): Tensor {
  return alongAxis('cumsum', widened(x, 'cumsum'), options, (values, axis, { exclusive }) => {
    const sums = new Tensor(p.cumsum(values.node, axis));
    return exclusive ? delayed(sums, axis, 0) : sums;
  });
}

/**
 * Products of the elements up to and including each, along an axis. bool and uint8 are multiplied as int32; integers wrap.
 * The gradient holds where factors are 0, too.
 */
export function cumprod(x: TensorLike, options?: number | RunningOptions): Tensor {
  return alongAxis('cumprod', widened(x, 'cumprod'), options, (values, axis, { exclusive }) => {
    const products = new Tensor(runningProduct(values, axis));
    return exclusive ? delayed(products, axis, 1) : products;
  });
}

/** y[i] = x[i] y[i-1], with y[0] = x[0]. */
function runningProduct(x: Tensor, axis: number): Node {
  const extent = at(x.shape, axis);
  if (extent === 0) return x.node;
  const zeros = new Tensor(full(sliceAxis(x, axis, 1, extent - 1).node, 0));
  const start = concat([sliceAxis(x, axis, 0, 1), zeros], axis);
  return p.linearScan(x.node, start.node, axis);
}

/** The largest of the elements up to and including each, along an axis; the first NaN and all after it are NaN. */
export function cummax(x: TensorLike, options?: number | CumulativeOptions): Tensor {
  return extreme('cummax', x, options, (keys) => keys);
}

/** The smallest of the elements up to and including each, along an axis; the first NaN and all after it are NaN. */
export function cummin(x: TensorLike, options?: number | CumulativeOptions): Tensor {
  // the bitwise complement turns the order of integers round, without the overflow of negation
  return extreme('cummin', x, options, (keys) => (isFloat(keys.dtype) ? neg(keys) : not(keys)));
}

function extreme(
  where: string,
  x: TensorLike,
  options: number | CumulativeOptions | undefined,
  keysOf: (x: Node) => Node,
): Tensor {
  const given = toNode(x, where);
  const numbers = given.dtype === 'bool' ? cast(given, 'uint8') : given;
  const values = alongAxis(where, numbers, options, (line, axis) => {
    const places = new Tensor(cumulativeArgmax(keysOf(line.node), axis));
    return takeAlongAxis(line, places, axis);
  });
  return new Tensor(cast(values.node, given.dtype));
}

/**
 * log of the sum of e^x over the elements up to and including each, along an axis, without overflow. Integers become
 * float32.
 */
export function logcumsumexp(x: TensorLike, options?: number | CumulativeOptions): Tensor {
  return alongAxis('logcumsumexp', toFloatNode(x, 'logcumsumexp'), options, (values, axis) => {
    // sums relative to the largest element so far, rescaled whenever it grows
    const largest = stopGradient(finite(cummax(values, axis)));
    const decay = exp(sub(delayed(largest, axis, 0), largest));
    const terms = exp(sub(values, largest));
    return add(log(new Tensor(p.linearScan(decay.node, terms.node, axis))), largest);
  });
}

const LIMITS = { float32: 2 ** 127, float64: 2 ** 1023 };

/** Infinities as large numbers, whose distance to themselves is 0. */
function finite(x: Tensor): Tensor {
  const limit = x.dtype === 'float64' ? LIMITS.float64 : LIMITS.float32;
  return clip(x, -limit, limit);
}
