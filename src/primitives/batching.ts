import type { Attrs, Node } from '../graph/node.ts';
import type { BatchContext } from '../graph/primitive.ts';
import { at } from '../util/errors.ts';
import { broadcastTo, reshape, transpose } from './structure/views.ts';

// a batch of nothing reaches no rule, so sizes here are positive

/** Input number `index` with the batch as its first axis; repeated if it has none. */
export function batchedInput<A extends Attrs>(
  { inputs, isBatched, size }: BatchContext<A>,
  index: number,
): Node {
  const input = at(inputs, index);
  return isBatched[index] ? input : broadcastTo(input, [size, ...input.shape]);
}

/** All inputs with the batch as their first axis. */
export function batchedInputs<A extends Attrs>(context: BatchContext<A>): Node[] {
  return context.inputs.map((_, index) => batchedInput(context, index));
}

/** [batch, n, ...] to [batch * n, ...]. */
export function foldBatch(x: Node): Node {
  const [batch = 1, n = 1, ...rest] = x.shape;
  return reshape(x, [batch * n, ...rest]);
}

/** [batch * n, ...] to [batch, n, ...]. */
export function unfoldBatch(x: Node, size: number): Node {
  const [rows = 0, ...rest] = x.shape;
  return reshape(x, [size, rows / size, ...rest]);
}

/** Axis `from` moved to place `to`; the others keep their order. */
export function moveAxis(x: Node, from: number, to: number): Node {
  const others = x.shape.map((_, axis) => axis).filter((axis) => axis !== from);
  return transpose(x, others.toSpliced(to, 0, from));
}

/** The first axis merged into another as its slower part: [batch, ..., c, ...] to [..., batch * c, ...]. */
export function mergeBatch(x: Node, axis: number): Node {
  const moved = moveAxis(x, 0, axis - 1);
  const merged = at(moved.shape, axis - 1) * at(moved.shape, axis);
  return reshape(moved, moved.shape.toSpliced(axis - 1, 2, merged));
}

/** The inverse of `mergeBatch`: `axis` is that of the merged value. */
export function splitBatch(x: Node, axis: number, size: number): Node {
  const extent = at(x.shape, axis) / size;
  return moveAxis(reshape(x, x.shape.toSpliced(axis, 1, size, extent)), axis, 0);
}
