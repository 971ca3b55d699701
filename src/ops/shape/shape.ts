import type { Node } from '../../graph/node.ts';
import { cast } from '../../primitives/elementwise/arithmetic.ts';
import { concat as concatPrimitive } from '../../primitives/structure/concat.ts';
import * as views from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import {
  broadcastShapes,
  formatShape,
  normalizeAxes,
  normalizeAxis,
  type Shape,
  sameShape,
  sizeOf,
} from '../../util/shapes.ts';
import { checkShape, commonDType, type TensorLike, toNode, toNodeOf, toTensor } from '../convert.ts';

/**
 * The same elements in row-major order under another shape. One extent may be -1: whatever is left.
 * @throws AntlerShapeError if the sizes differ
 */
export function reshape(x: TensorLike, shape: Shape): Tensor {
  const node = toNode(x, 'reshape');
  return new Tensor(views.reshape(node, completeShape(node.shape, shape)));
}

function completeShape(from: Shape, shape: Shape): Shape {
  const open = shape.indexOf(-1);
  const known = checkShape(open < 0 ? shape : shape.toSpliced(open, 1), 'reshape');
  const extent = sizeOf(from) / sizeOf(known);
  const complete = open < 0 ? shape : shape.with(open, sizeOf(known) === 0 ? 0 : extent);
  if (sizeOf(from) === sizeOf(complete) && (open < 0 || Number.isInteger(extent))) return complete;
  throw new AntlerShapeError({
    where: 'reshape',
    expected: `a shape of ${sizeOf(from)} elements (from ${formatShape(from)})`,
    got: formatShape(shape),
    fix: 'one extent may be -1, for as many as are left',
  });
}

/** All elements along one axis, in row-major order. */
export function flatten(x: TensorLike): Tensor {
  return reshape(x, [-1]);
}

/** Axis i of the result is axis permutation[i] of x; all axes reversed by default. @throws AntlerValueError */
export function transpose(x: TensorLike, permutation?: readonly number[]): Tensor {
  const node = toNode(x, 'transpose');
  const rank = node.shape.length;
  const order = permutation ?? node.shape.map((_, axis) => rank - 1 - axis);
  const axes = order.map((axis) => normalizeAxis(axis, rank, 'transpose'));
  if (new Set(axes).size === rank && axes.length === rank) return new Tensor(views.transpose(node, axes));
  throw new AntlerValueError({
    where: 'transpose',
    expected: `each of ${rank} axes once`,
    got: formatShape(order),
  });
}

/** Exchanges two axes. */
export function swapaxes(x: TensorLike, first: number, second: number): Tensor {
  const { shape, rank } = toTensor(x, 'swapaxes');
  const a = normalizeAxis(first, rank, 'swapaxes');
  const b = normalizeAxis(second, rank, 'swapaxes');
  return transpose(
    x,
    shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
  );
}

/** Moves axes to new places; the others keep their order. @throws AntlerValueError unless both list as many */
export function moveaxis(
  x: TensorLike,
  source: number | readonly number[],
  destination: number | readonly number[],
): Tensor {
  const { rank } = toTensor(x, 'moveaxis');
  const [from, to] = [source, destination].map((axes) =>
    (typeof axes === 'number' ? [axes] : axes).map((axis) => normalizeAxis(axis, rank, 'moveaxis')),
  ) as [number[], number[]];
  if (from.length !== to.length) {
    throw new AntlerValueError({
      where: 'moveaxis',
      expected: `${from.length} destinations`,
      got: `${to.length}`,
    });
  }
  const order = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !from.includes(axis));
  const moves = to.map((target, i) => [target, at(from, i)] as const).sort(([a], [b]) => a - b);
  for (const [target, axis] of moves) order.splice(target, 0, axis);
  return transpose(x, order);
}

/** Adds an axis of extent 1 so that it stands at `axis` of the result; negative counts from the result's end. */
export function expandDims(x: TensorLike, axis: number): Tensor {
  const node = toNode(x, 'expandDims');
  const place = normalizeAxis(axis, node.shape.length + 1, 'expandDims');
  return new Tensor(views.reshape(node, node.shape.toSpliced(place, 0, 1)));
}

/** Removes axes of extent 1: the given ones, by default all. @throws AntlerShapeError for an axis of another extent */
export function squeeze(x: TensorLike, axis?: number | readonly number[]): Tensor {
  const node = toNode(x, 'squeeze');
  const single = node.shape.flatMap((extent, i) => (extent === 1 ? [i] : []));
  const axes = axis === undefined ? single : normalizeAxes(axis, node.shape.length, 'squeeze');
  const wrong = axes.find((i) => !single.includes(i));
  if (wrong !== undefined) {
    const got = `axis ${wrong} of shape ${formatShape(node.shape)}`;
    throw new AntlerShapeError({ where: 'squeeze', expected: 'an axis of extent 1', got });
  }
  return new Tensor(
    views.reshape(
      node,
      node.shape.filter((_, i) => !axes.includes(i)),
    ),
  );
}

/** Repeats axes of extent 1, and new leading axes, up to `shape`. @throws AntlerShapeError if x does not broadcast to it */
export function broadcastTo(x: TensorLike, shape: Shape): Tensor {
  const node = toNode(x, 'broadcastTo');
  if (sameShape(broadcastShapes(node.shape, checkShape(shape, 'broadcastTo'), 'broadcastTo'), shape)) {
    return new Tensor(views.broadcastTo(node, shape));
  }
  const expected = `a shape that ${formatShape(node.shape)} broadcasts to`;
  throw new AntlerShapeError({ where: 'broadcastTo', expected, got: formatShape(shape) });
}

/** The order along axes reversed (all by default). */
export function flip(x: TensorLike, axis?: number | readonly number[]): Tensor {
  const node = toNode(x, 'flip');
  return new Tensor(views.flip(node, normalizeAxes(axis, node.shape.length, 'flip')));
}

/** Operands in one dtype, with at least one of them. */
function alike(values: readonly TensorLike[], where: string): Node[] {
  if (values.length === 0)
    throw new AntlerValueError({ where, expected: 'at least one tensor', got: 'none' });
  const dtype = commonDType(values, where);
  return values.map((value) =>
    typeof value === 'number' ? toNodeOf(value, dtype, where) : cast(toNode(value, where), dtype),
  );
}

/** Joins tensors along an axis, in their common dtype. @throws AntlerShapeError unless all other extents agree */
export function concat(values: readonly TensorLike[], axis = 0): Tensor {
  const nodes = alike(values, 'concat');
  const { shape } = at(nodes, 0);
  const along = normalizeAxis(axis, shape.length, 'concat');
  for (const node of nodes) {
    if (
      node.shape.length === shape.length &&
      node.shape.every((extent, i) => i === along || extent === shape[i])
    )
      continue;
    throw new AntlerShapeError({
      where: 'concat',
      expected: `${formatShape(shape)} but for axis ${along}`,
      got: formatShape(node.shape),
    });
  }
  return new Tensor(concatPrimitive(nodes, along));
}

/** Joins tensors of one shape along a new axis. @throws AntlerShapeError unless the shapes agree */
export function stack(values: readonly TensorLike[], axis = 0): Tensor {
  const nodes = alike(values, 'stack');
  const { shape } = at(nodes, 0);
  const odd = nodes.find((node) => !sameShape(node.shape, shape));
  if (odd)
    throw new AntlerShapeError({ where: 'stack', expected: formatShape(shape), got: formatShape(odd.shape) });
  const place = normalizeAxis(axis, shape.length + 1, 'stack');
  return concat(
    nodes.map((node) => expandDims(new Tensor(node), place)),
    place,
  );
}
