import type { Node } from '../../graph/node.ts';
import { add, full, mul, select } from '../../primitives/elementwise/arithmetic.ts';
import { and, le, lt } from '../../primitives/elementwise/compare.ts';
import { iota } from '../../primitives/random.ts';
import { take } from '../../primitives/structure/take.ts';
import { broadcastTo, reshape } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { broadcastShapes, formatShape, normalizeAxis, type Shape, sizeOf } from '../../util/shapes.ts';
import { type TensorLike, toNodeOf, toTensor } from '../convert.ts';
import { fitted, type ScatterOptions, updatedRows } from './scatter.ts';
import { indexNode } from './take.ts';

/** x and indices of matching shapes: equal but along the axis. */
interface Lines {
  readonly x: Node;
  readonly indices: Node;
  readonly axis: number;
}

/** Shape of `shape` and `other` broadcast, whatever they have along the axis. */
function linesShape(shape: Shape, other: Shape, axis: number, where: string): Shape {
  const open = (s: Shape) => s.with(axis, 1);
  return broadcastShapes(open(shape), open(other), where);
}

function lines(x: TensorLike, indices: TensorLike, axis: number, where: string): Lines {
  const values = toTensor(x, where);
  const along = normalizeAxis(axis, values.rank, where);
  const places = indexNode(indices, at(values.shape, along), where);
  if (places.shape.length !== values.rank) {
    throw new AntlerShapeError({
      where,
      expected: `indices with ${values.rank} axes, as x`,
      got: formatShape(places.shape),
    });
  }
  const shape = linesShape(values.shape, places.shape, along, where);
  return {
    x: broadcastTo(values.node, shape.with(along, at(values.shape, along))),
    indices: broadcastTo(places, shape.with(along, at(places.shape, along))),
    axis: along,
  };
}

/** Places among all elements of x, -1 for indices outside. */
function flatPlaces({ x, indices, axis }: Lines): Node {
  const extent = at(x.shape, axis);
  const [outer, inner] = [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis + 1))];
  const shape = [outer, at(indices.shape, axis), inner];
  const place = reshape(indices, shape);
  const over = (values: Node, ...extents: number[]) => broadcastTo(reshape(values, extents), shape);
  const line = mul(over(iota(outer), outer, 1, 1), full(place, extent));
  const row = mul(add(line, place), full(place, inner));
  const flat = add(row, over(iota(inner), 1, 1, inner));
  const isInside = and(le(full(place, 0), place), lt(place, full(place, extent)));
  return reshape(select(isInside, flat, full(flat, -1)), [sizeOf(shape)]);
}

/**
 * For each index the element of x at that place along an axis and at the index's own place along the others, which
 * broadcast; the shape is that of the indices. A negative index counts from the end. An index outside gives NaN (0 for
 * integers) if it is known only when the program runs.
 * @throws AntlerShapeError for another rank; AntlerValueError for an index outside among plain numbers
 */
export function takeAlongAxis(x: TensorLike, indices: TensorLike, axis: number): Tensor {
  const given = lines(x, indices, axis, 'takeAlongAxis');
  const taken = take(reshape(given.x, [sizeOf(given.x.shape)]), flatPlaces(given));
  return new Tensor(reshape(taken, given.indices.shape));
}

/**
 * x with values written to the places that `takeAlongAxis` would read; values broadcast against the indices. Indices
 * outside are dropped if they are known only when the program runs.
 * @throws AntlerShapeError if the indices have another rank than x, or reach beyond x on the other axes, and for values
 * that do not broadcast
 */
export function putAlongAxis(
  x: TensorLike,
  indices: TensorLike,
  values: TensorLike,
  axis: number,
  options: ScatterOptions = {},
): Tensor {
  const where = 'putAlongAxis';
  const target = toTensor(x, where);
  const given = lines(x, indices, axis, where);
  if (sizeOf(given.x.shape) !== target.size) {
    const got = formatShape(given.indices.shape);
    throw new AntlerShapeError({ where, expected: `indices inside shape ${formatShape(target.shape)}`, got });
  }
  const updates = fitted(toNodeOf(values, target.dtype, where), given.indices.shape, where);
  const flat = reshape(updates, [sizeOf(updates.shape)]);
  const before = reshape(given.x, [target.size]);
  return new Tensor(reshape(updatedRows(before, flatPlaces(given), flat, options, where), target.shape));
}
