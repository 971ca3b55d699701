import type { Node } from '../../graph/node.ts';
import { cast, full, select } from '../../primitives/elementwise/arithmetic.ts';
import { eq, not, or } from '../../primitives/elementwise/compare.ts';
import { iota } from '../../primitives/random.ts';
import { reduceMax, reduceMin } from '../../primitives/reduction/reduce.ts';
import { broadcastTo, reshape } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, normalizeAxis, sizeOf } from '../../util/shapes.ts';
import { type TensorLike, toNode } from '../convert.ts';

/** Along which axis, and whether it stays with extent 1. */
export interface ArgOptions {
  /** Default: x is flattened first. */
  readonly axis?: number;
  readonly keepDims?: boolean;
}

/** Position of the first largest element along an axis, as int32; a NaN counts as largest. @throws AntlerValueError of nothing */
export function argmax(x: TensorLike, axis?: number | ArgOptions): Tensor {
  return firstExtreme('argmax', reduceMax, x, axis);
}

/** Position of the first smallest element along an axis, as int32; a NaN counts as smallest. @throws AntlerValueError of nothing */
export function argmin(x: TensorLike, axis?: number | ArgOptions): Tensor {
  return firstExtreme('argmin', reduceMin, x, axis);
}

function firstExtreme(
  where: string,
  reduce: (x: Node, axes: readonly number[]) => Node,
  x: TensorLike,
  argument: number | ArgOptions = {},
): Tensor {
  const { axis, keepDims = false } = typeof argument === 'number' ? { axis: argument } : argument;
  const given = toNode(x, where);
  const numbers = given.dtype === 'bool' ? cast(given, 'uint8') : given;
  const values = axis === undefined ? reshape(numbers, [sizeOf(numbers.shape)]) : numbers;
  const along = axis === undefined ? 0 : normalizeAxis(axis, values.shape.length, where);
  if (at(values.shape, along) === 0) {
    throw new AntlerValueError({
      where,
      expected: 'at least one element',
      got: `shape ${formatShape(given.shape)}`,
    });
  }
  const first = firstHit(values, reduce, along);
  const kept = given.shape.map((extent, i) => (axis === undefined || i === along ? 1 : extent));
  return new Tensor(keepDims ? reshape(first, kept) : first);
}

function firstHit(values: Node, reduce: (x: Node, axes: readonly number[]) => Node, axis: number): Node {
  const kept = values.shape.map((extent, i) => (i === axis ? 1 : extent));
  const best = broadcastTo(reshape(reduce(values, [axis]), kept), values.shape);
  const hit = or(eq(values, best), not(eq(values, values)));
  const extent = at(values.shape, axis);
  const place = reshape(
    iota(extent),
    values.shape.map((_, i) => (i === axis ? extent : 1)),
  );
  const places = broadcastTo(place, values.shape);
  return reduceMin(select(hit, places, full(places, extent)), [axis]);
}
