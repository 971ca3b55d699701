import type { Aval, Node } from '../../graph/node.ts';
import { isFloat } from '../../util/dtypes.ts';
import { at, invariant } from '../../util/errors.ts';
import { matmul } from '../contraction/matmul.ts';
import { add, full, mul, select } from '../elementwise/arithmetic.ts';
import { eq, le, lt } from '../elementwise/compare.ts';
import { iota } from '../random.ts';
import { pad } from '../structure/pad.ts';
import { broadcastTo, reshape, slice, transpose } from '../structure/views.ts';

/** The input of a decomposition: square matrices [..., n, n] of floats. */
export function squareFloats(name: string, x: Aval | undefined): Aval {
  const isFit = x && isFloat(x.dtype) && at(x.shape, -1) === at(x.shape, -2);
  invariant(isFit, `${name} wants square matrices of floats`);
  return x;
}

/** The input of a decomposition: matrices [..., m, n] of floats with m >= n. */
export function tallFloats(name: string, x: Aval | undefined): Aval {
  const isFit = x && isFloat(x.dtype) && at(x.shape, -2) >= at(x.shape, -1);
  invariant(isFit, `${name} wants tall matrices of floats`);
  return x;
}

/** Matrices [..., m, n] as [..., n, m]. */
export function transposed(x: Node): Node {
  const rank = x.shape.length;
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), rank - 1, rank - 2]);
}

/** The product of matrices of matching batches. */
export function product(a: Node, b: Node): Node {
  return matmul(a, b, false, false);
}

/** a^T b. */
export function transposedProduct(a: Node, b: Node): Node {
  return matmul(a, b, true, false);
}

/** a b^T. */
export function productTransposed(a: Node, b: Node): Node {
  return matmul(a, b, false, true);
}

/** x [..., m, n] where row and column are related as asked, else 0. */
function masked(x: Node, relation: (row: Node, column: Node) => Node): Node {
  const [rows, columns] = [at(x.shape, -2), at(x.shape, -1)];
  const shape = [rows, columns];
  const row = broadcastTo(reshape(iota(rows), [rows, 1]), shape);
  const mask = relation(row, broadcastTo(iota(columns), shape));
  return select(broadcastTo(mask, x.shape), x, full(x, 0));
}

/** The diagonal and what is below it. */
export function lowerPart(x: Node): Node {
  return masked(x, (row, column) => le(column, row));
}

/** What is below the diagonal. */
export function strictLowerPart(x: Node): Node {
  return masked(x, (row, column) => lt(column, row));
}

/** The diagonal and what is above it. */
export function upperPart(x: Node): Node {
  return masked(x, (row, column) => le(row, column));
}

/** The diagonal alone, as a matrix. */
export function diagonalPart(x: Node): Node {
  return masked(x, (row, column) => eq(row, column));
}

/** (x + x^T) / 2. */
export function symmetricPart(x: Node): Node {
  return mul(add(x, transposed(x)), full(x, 0.5));
}

/** Identity matrices of the shape and dtype of square matrices. */
export function identityLike(x: Node): Node {
  return diagonalPart(full(x, 1));
}

/** The diagonals of square matrices: [..., n, n] to [..., n]. */
export function diagonalOf(x: Node): Node {
  const n = at(x.shape, -1);
  const batch = x.shape.slice(0, -2);
  const flat = reshape(x, [...batch, n * n]);
  const none = batch.map(() => 0);
  const steps = batch.map(() => 1);
  return slice(flat, { start: [...none, 0], step: [...steps, n + 1], shape: [...batch, n] });
}

/** Square matrices with given diagonals: [..., n] to [..., n, n]. */
export function onDiagonal(x: Node): Node {
  const n = at(x.shape, -1);
  const batch = x.shape.slice(0, -1);
  const none = batch.map(() => 0);
  const flat = pad(x, { low: [...none, 0], high: [...none, 0], interior: [...none, n] });
  return reshape(flat, [...batch, n, n]);
}

/** Rows `start` to `start + count - 1` of matrices. */
export function rowsOf(x: Node, start: number, count: number): Node {
  const batch = x.shape.slice(0, -2);
  const shape = [...batch, count, at(x.shape, -1)];
  return slice(x, { start: [...batch.map(() => 0), start, 0], step: shape.map(() => 1), shape });
}

/** The first columns of matrices. */
export function firstColumns(x: Node, count: number): Node {
  const shape = x.shape.with(-1, count);
  return slice(x, { start: shape.map(() => 0), step: shape.map(() => 1), shape });
}
