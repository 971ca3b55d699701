import { cholesky as choleskyPrimitive } from '../../primitives/decomposition/cholesky.ts';
import { eighParts, eigh as eighPrimitive } from '../../primitives/decomposition/eigh.ts';
import {
  diagonalOf,
  firstColumns,
  transposed,
  transposedProduct,
} from '../../primitives/decomposition/matrix-parts.ts';
import { qrParts, qr as qrPrimitive } from '../../primitives/decomposition/qr.ts';
import { svdParts, svd as svdPrimitive } from '../../primitives/decomposition/svd.ts';
import { concat } from '../../primitives/structure/concat.ts';
import { slice } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { TensorLike } from '../convert.ts';
import { matricesOf, squareMatricesOf } from './matrices.ts';

// Unblocked algorithms, one core for each matrix of a batch: made for matrices up to a few hundred rows.

/**
 * The lower triangular L with positive diagonal and L L^T = x: [..., n, n]. The lower triangle of x is read; NaN unless x is
 * positive definite. The gradient is symmetric. Integers become float32.
 * @throws AntlerShapeError unless the matrices are square
 */
export function cholesky(x: TensorLike): Tensor {
  return new Tensor(choleskyPrimitive(squareMatricesOf(x, 'cholesky')));
}

/** An orthogonal and a triangular factor. */
export interface QrFactors {
  /** Orthonormal columns: [..., m, k], k the smaller of m and n. */
  readonly q: Tensor;
  /** Upper triangular with a diagonal >= 0: [..., k, n]. */
  readonly r: Tensor;
}

/**
 * x = q r: [..., m, n]. Columns that depend on those before them give columns of rounding errors, made orthonormal, in q, or
 * zeros; they have no useful gradient. Integers become float32.
 * @throws AntlerShapeError for less than two axes
 */
export function qr(x: TensorLike): QrFactors {
  const node = matricesOf(x, 'qr');
  const [m, n] = [at(node.shape, -2), at(node.shape, -1)];
  const [q, r] = qrParts(qrPrimitive(firstColumns(node, Math.min(m, n))));
  if (n <= m) return { q: new Tensor(q), r: new Tensor(r) };
  const shape = node.shape.with(-1, n - m);
  const start = shape.map((_, axis) => (axis === shape.length - 1 ? m : 0));
  const rest = slice(node, { start, step: shape.map(() => 1), shape });
  return { q: new Tensor(q), r: new Tensor(concat([r, transposedProduct(q, rest)], node.shape.length - 1)) };
}

/** Eigenvalues and eigenvectors of symmetric matrices. */
export interface Eigh {
  /** Ascending: [..., n]. */
  readonly values: Tensor;
  /** An orthonormal column for each value: [..., n, n]. */
  readonly vectors: Tensor;
}

/**
 * x = vectors diag(values) vectors^T of symmetric matrices [..., n, n], whose lower triangle is read. The signs of the vectors
 * are arbitrary but always the same. The gradient is symmetric; vectors of equal eigenvalues do not pass theirs on to each
 * other. Integers become float32.
 * @throws AntlerShapeError unless the matrices are square
 */
export function eigh(x: TensorLike): Eigh {
  const { vectors, values } = eighParts(eighPrimitive(squareMatricesOf(x, 'eigh')));
  return { values: new Tensor(diagonalOf(values)), vectors: new Tensor(vectors) };
}

/** Singular values and vectors; k is the smaller of m and n. */
export interface Svd {
  /** Orthonormal columns: [..., m, k]. */
  readonly u: Tensor;
  /** Descending, >= 0: [..., k]. */
  readonly s: Tensor;
  /** Orthonormal rows: [..., k, n]. */
  readonly vh: Tensor;
}

/**
 * x = u diag(s) vh: [..., m, n]. The signs of the vectors are arbitrary but always the same; where s is 0, the column of u (the
 * row of vh if m < n) is 0, too, without a gradient, and vectors of equal singular values do not pass theirs on to each
 * other. Integers become float32.
 * @throws AntlerShapeError for less than two axes
 */
export function svd(x: TensorLike): Svd {
  const node = matricesOf(x, 'svd');
  const isTall = at(node.shape, -2) >= at(node.shape, -1);
  const { u, v, s } = svdParts(svdPrimitive(isTall ? node : transposed(node)));
  const [left, right] = isTall ? [u, v] : [v, u];
  return { u: new Tensor(left), s: new Tensor(diagonalOf(s)), vh: new Tensor(transposed(right)) };
}
