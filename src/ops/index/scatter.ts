import type { Node } from '../../graph/node.ts';
import { add, cast, full, mul, select } from '../../primitives/elementwise/arithmetic.ts';
import { and, le, lt } from '../../primitives/elementwise/compare.ts';
import { iota } from '../../primitives/random.ts';
import { scatterMax } from '../../primitives/structure/scatter-max.ts';
import { scatterAdd, take } from '../../primitives/structure/take.ts';
import { broadcastTo, reshape, slice } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { broadcastShapes, formatShape, type Shape, sizeOf } from '../../util/shapes.ts';
import { type TensorLike, toNode, toNodeOf, toTensor } from '../convert.ts';
import { integerNode } from './take.ts';

/** What happens to the elements that are written to. */
export interface ScatterOptions {
  /** `set` (default): the last of several values for one place stays; `add`: all are added to what is there. */
  readonly mode?: 'set' | 'add';
}

/** Rows [rows, ...row] with updates [count, ...row] in places [count]; the last one stays, those outside are dropped. */
function overwritten(rows: Node, places: Node, updates: Node): Node {
  const extent = at(rows.shape, 0);
  const writers = scatterMax(places, iota(at(places.shape, 0)), extent);
  const wasWritten = le(full(writers, 0), writers);
  const spread = reshape(wasWritten, [extent, ...new Array<number>(rows.shape.length - 1).fill(1)]);
  return select(broadcastTo(spread, rows.shape), take(updates, writers), rows);
}

/** Rows [rows, ...row] after updates [count, ...row] came to places [count]; those outside are dropped. */
export function updatedRows(
  rows: Node,
  places: Node,
  updates: Node,
  { mode = 'set' }: ScatterOptions,
  where: string,
): Node {
  if (mode === 'set') return overwritten(rows, places, updates);
  if (mode === 'add') return add(rows, scatterAdd(places, updates, at(rows.shape, 0)));
  throw new AntlerValueError({ where, expected: "mode 'set' or 'add'", got: `'${mode as string}'` });
}

/** Row numbers for index tuples [...i, k] into the first k axes of a shape: [count], -1 outside. */
function rowPlaces(indices: Node, shape: Shape): Node {
  const depth = at(indices.shape, -1);
  const count = sizeOf(indices.shape.slice(0, -1));
  const flat = reshape(indices, [count, depth]);
  let place = broadcastTo(full(iota(1), 0), [count]);
  let isInside: Node | undefined;
  for (let axis = 0; axis < depth; axis++) {
    const extent = at(shape, axis);
    const column = slice(flat, { start: [0, axis], step: [1, 1], shape: [count, 1] });
    const given = reshape(column, [count]);
    const index = select(lt(given, full(given, 0)), add(given, full(given, extent)), given);
    const fits = and(le(full(index, 0), index), lt(index, full(index, extent)));
    isInside = isInside ? and(isInside, fits) : fits;
    place = add(mul(place, full(place, extent)), index);
  }
  return isInside ? select(isInside, place, full(place, -1)) : place;
}

interface Tuples {
  readonly indices: Node;
  /** Extents in front of the tuples. */
  readonly outer: Shape;
  /** Extents of what a tuple points at. */
  readonly row: Shape;
  readonly rows: number;
}

function tuples(shape: Shape, indices: TensorLike, where: string): Tuples {
  const node = integerNode(indices, where);
  const depth = node.shape.at(-1);
  if (depth === undefined || depth > shape.length) {
    throw new AntlerShapeError({
      where,
      expected: `index tuples [..., k] with k <= ${shape.length}`,
      got: formatShape(node.shape),
    });
  }
  return {
    indices: node,
    outer: node.shape.slice(0, -1),
    row: shape.slice(depth),
    rows: sizeOf(shape.slice(0, depth)),
  };
}

/**
 * The elements or blocks that index tuples point at: x [...a, ...row] and integers [...i, k] for the first k axes to
 * [...i, ...row]. Negative indices count from the end; outside is NaN (0 for integers).
 * @throws AntlerShapeError for tuples longer than x has axes
 */
export function gatherNd(x: TensorLike, indices: TensorLike): Tensor {
  const node = toNode(x, 'gatherNd');
  const { indices: places, outer, row, rows } = tuples(node.shape, indices, 'gatherNd');
  const taken = take(reshape(node, [rows, ...row]), rowPlaces(places, node.shape));
  return new Tensor(reshape(taken, [...outer, ...row]));
}

/**
 * x with values in the places that index tuples point at, as `gatherNd` reads them: indices [...i, k], values [...i, ...row],
 * which broadcast. Tuples outside are dropped. As Keras 3 `scatter_update`.
 * @throws AntlerShapeError for tuples longer than x has axes, and for values that do not broadcast
 */
export function scatterUpdate(
  x: TensorLike,
  indices: TensorLike,
  values: TensorLike,
  options: ScatterOptions = {},
): Tensor {
  const where = 'scatterUpdate';
  const target = toTensor(x, where);
  const { indices: places, outer, row, rows } = tuples(target.shape, indices, where);
  const updates = fitted(toNodeOf(values, target.dtype, where), [...outer, ...row], where);
  const flat = reshape(updates, [sizeOf(outer), ...row]);
  const before = reshape(target.node, [rows, ...row]);
  const after = updatedRows(before, rowPlaces(places, target.shape), flat, options, where);
  return new Tensor(reshape(after, target.shape));
}

/** Values broadcast to a shape. @throws AntlerShapeError if they would need another */
export function fitted(values: Node, shape: Shape, where: string): Node {
  const common = broadcastShapes(values.shape, shape, where);
  if (common.length === shape.length && sizeOf(common) === sizeOf(shape)) return broadcastTo(values, shape);
  throw new AntlerShapeError({
    where,
    expected: `values that broadcast to ${formatShape(shape)}`,
    got: formatShape(values.shape),
  });
}

/**
 * Zeros of a shape with values added in the places that index tuples point at: indices [...i, k], values [...i, ...row].
 * Tuples outside are dropped. As Keras 3 `scatter`.
 */
export function scatter(indices: TensorLike, values: TensorLike, shape: Shape): Tensor {
  const updates = toTensor(values, 'scatter');
  const numbers = updates.dtype === 'bool' ? cast(updates.node, 'int32') : updates.node;
  const { indices: places, outer, row, rows } = tuples(shape, indices, 'scatter');
  const flat = reshape(fitted(numbers, [...outer, ...row], 'scatter'), [sizeOf(outer), ...row]);
  return new Tensor(reshape(scatterAdd(rowPlaces(places, shape), flat, rows), shape));
}
