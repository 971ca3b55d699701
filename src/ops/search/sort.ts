import type { Node } from '../../graph/node.ts';
import { cast, neg } from '../../primitives/elementwise/arithmetic.ts';
import { not } from '../../primitives/elementwise/compare.ts';
import { sortOrder } from '../../primitives/reduction/sort-order.ts';
import { reshape, slice } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { isFloat } from '../../util/dtypes.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { normalizeAxis } from '../../util/shapes.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { takeAlongAxis } from '../index/along-axis.ts';
import { moveaxis } from '../shape/shape.ts';
import { sliceAxis } from '../shape/slicing.ts';

/** Along which axis and in which direction to sort. */
export interface SortOptions {
  /** Negative counts from the end. Default -1. */
  readonly axis?: number;
  /** From the largest to the smallest. Default false. */
  readonly descending?: boolean;
}

/** Numbers that ascend where x descends. */
function reversedKeys(x: Node): Node {
  // the complement turns the order of integers round, without the overflow of negation
  return isFloat(x.dtype) ? neg(x) : not(x);
}

/** Where the sorted elements along the last axis come from. */
function orderOfLast(x: Tensor, descending: boolean): Tensor {
  const numbers = x.dtype === 'bool' ? cast(x.node, 'uint8') : x.node;
  const both = sortOrder(descending ? reversedKeys(numbers) : numbers);
  const shape = [...both.shape.slice(0, -2), 1, at(both.shape, -1)];
  const first = slice(both, { start: shape.map(() => 0), step: shape.map(() => 1), shape });
  return new Tensor(reshape(first, x.shape));
}

function alongLast(
  where: string,
  x: TensorLike,
  argument: number | SortOptions | undefined,
  body: (x: Tensor, order: Tensor) => Tensor,
): Tensor {
  const { axis = -1, descending = false } =
    typeof argument === 'number' ? { axis: argument } : (argument ?? {});
  const given = toTensor(x, where);
  const along = normalizeAxis(axis, given.rank, where);
  const last = moveaxis(given, along, -1);
  return moveaxis(body(last, orderOfLast(last, descending)), -1, along);
}

/**
 * The elements along an axis in ascending or descending order; NaN last, equal elements in their order.
 * @throws AntlerValueError for a scalar
 */
export function sort(x: TensorLike, options?: number | SortOptions): Tensor {
  return alongLast('sort', x, options, (values, order) => takeAlongAxis(values, order, -1));
}

/**
 * Where the elements of the sorted axis come from, as int32: `takeAlongAxis(x, argsort(x, axis), axis)` is
 * `sort(x, axis)`. NaN last, equal elements in their order.
 * @throws AntlerValueError for a scalar
 */
export function argsort(x: TensorLike, options?: number | SortOptions): Tensor {
  return alongLast('argsort', x, options, (_values, order) => order);
}

/** The largest elements and where they stand. */
export interface TopK {
  readonly values: Tensor;
  /** int32 places along the last axis. */
  readonly indices: Tensor;
}

/**
 * The k largest elements along the last axis, the largest first; of equal ones the first, NaN after all numbers.
 * @throws AntlerValueError unless k is a whole number in [0, last extent]
 */
export function topK(x: TensorLike, k: number): TopK {
  const given = toTensor(x, 'topK');
  const axis = normalizeAxis(-1, given.rank, 'topK');
  const extent = at(given.shape, axis);
  if (!Number.isInteger(k) || k < 0 || k > extent) {
    throw new AntlerValueError({ where: 'topK', expected: `a whole k in [0, ${extent}]`, got: `${k}` });
  }
  const indices = sliceAxis(orderOfLast(given, true), axis, 0, k);
  return { values: takeAlongAxis(given, indices, axis), indices };
}
