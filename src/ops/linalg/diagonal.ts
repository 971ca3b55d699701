import type { Node } from '../../graph/node.ts';
import { reshape, slice, transpose } from '../../primitives/structure/views.ts';
import { at } from '../../util/errors.ts';

/** The elements whose positions along two axes of equal extent agree: the second axis goes, the first stays. */
export function diagonalOf(x: Node, first: number, second: number): Node {
  const rest = x.shape.map((_, axis) => axis).filter((axis) => axis !== first && axis !== second);
  const square = transpose(x, [first, second, ...rest]);
  const extent = at(square.shape, 0);
  const tail = square.shape.slice(2);
  // in a row of n * n elements the diagonal is every (n + 1)-th
  const row = reshape(square, [extent * extent, ...tail]);
  const start = row.shape.map(() => 0);
  const step = row.shape.map((_, axis) => (axis === 0 ? extent + 1 : 1));
  const diagonal = slice(row, { start, step, shape: [extent, ...tail] });
  const order = x.shape.map((_, axis) => axis).filter((axis) => axis !== second);
  const from = [first, ...rest];
  return transpose(
    diagonal,
    order.map((axis) => from.indexOf(axis)),
  );
}
