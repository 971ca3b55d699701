import type { Node } from '../../graph/node.ts';
import { lu, luParts } from '../../primitives/decomposition/lu.ts';
import {
  diagonalOf,
  identityLike,
  product,
  transposed,
} from '../../primitives/decomposition/matrix-parts.ts';
import { solveLower, solveUpper } from '../../primitives/decomposition/triangular.ts';
import { cast } from '../../primitives/elementwise/arithmetic.ts';
import { reshape } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { promote } from '../../util/dtypes.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { broadcastShapes, formatShape } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode } from '../convert.ts';
import { abs, div, mul, sign, sub, where } from '../math/arithmetic.ts';
import { greater } from '../math/compare.ts';
import { floor, log } from '../math/math.ts';
import { max, prod, sum } from '../reduce/reduce.ts';
import { expandDims, swapaxes } from '../shape/shape.ts';
import { svd } from './decompositions.ts';
import { matmul } from './linalg.ts';
import { matricesOf, repeatFor, squareMatricesOf } from './matrices.ts';
import { triu } from './triangle.ts';

/** A system of equations: matrices and right-hand sides of one batch and dtype. */
interface System {
  readonly a: Node;
  readonly b: Node;
  /** Brings a solution into the shape asked for. */
  finish(x: Node): Tensor;
}

/** b is [..., n] if it has one axis less than a, else [..., n, columns]. */
function systemOf(a: TensorLike, b: TensorLike, where: string): System {
  const [matrices, right] = [squareMatricesOf(a, where), toFloatNode(b, where)];
  const isVector = right.shape.length === matrices.shape.length - 1;
  const columns = isVector ? reshape(right, [...right.shape, 1]) : right;
  if (columns.shape.length < 2 || at(columns.shape, -2) !== at(matrices.shape, -1)) {
    const n = at(matrices.shape, -1);
    const expected = `right-hand sides [..., ${n}] or [..., ${n}, columns]`;
    throw new AntlerShapeError({ where, expected, got: formatShape(right.shape) });
  }
  const dtype = promote(matrices.dtype, columns.dtype);
  const batch = broadcastShapes(matrices.shape.slice(0, -2), columns.shape.slice(0, -2), where);
  return {
    a: cast(repeatFor(matrices, batch), dtype),
    b: cast(repeatFor(columns, batch), dtype),
    finish: (x) => new Tensor(isVector ? reshape(x, x.shape.slice(0, -1)) : x),
  };
}

/** x with a x = b by LU factors. */
function solution(a: Node, b: Node): Node {
  const { lower, upper, permutation } = luParts(lu(a));
  return solveUpper(upper, solveLower(lower, product(permutation, b)));
}

/**
 * x with a x = b by elimination with pivoting: square a [..., n, n] and b [..., n] or [..., n, columns]; leading axes broadcast.
 * Infinities and NaN if a is singular. Integers become float32.
 * @throws AntlerShapeError for other shapes
 */
export function solve(a: TensorLike, b: TensorLike): Tensor {
  const system = systemOf(a, b, 'solve');
  return system.finish(solution(system.a, system.b));
}

/** Which triangle counts. */
export interface TriangularOptions {
  /** The lower one; by default the upper. */
  readonly lower?: boolean;
}

/**
 * x with a x = b for triangular a [..., n, n], of which the other triangle is not read, and b [..., n] or [..., n, columns];
 * leading axes broadcast. Infinities and NaN if a 0 is on the diagonal. Integers become float32. As Keras 3.
 * @throws AntlerShapeError for other shapes
 */
export function solveTriangular(
  a: TensorLike,
  b: TensorLike,
  { lower = false }: TriangularOptions = {},
): Tensor {
  const system = systemOf(a, b, 'solveTriangular');
  return system.finish((lower ? solveLower : solveUpper)(system.a, system.b));
}

/** The inverse of square matrices [..., n, n]; infinities and NaN if one is singular. Integers become float32. */
export function inv(x: TensorLike): Tensor {
  const node = squareMatricesOf(x, 'inv');
  return new Tensor(solution(node, identityLike(node)));
}

/** What of the singular values counts as 0. */
export interface PinvOptions {
  /** In proportion to the largest. Default: the larger extent times the distance of 1 to the next number. */
  readonly rcond?: number;
}

const EPSILON = { float32: 2 ** -23, float64: 2 ** -52 };

/**
 * The pseudo-inverse (Moore and Penrose): [..., m, n] to [..., n, m], by the singular value decomposition. Applied to b it
 * gives the shortest of the least-squares solutions. Integers become float32.
 */
export function pinv(x: TensorLike, { rcond }: PinvOptions = {}): Tensor {
  const node = matricesOf(x, 'pinv');
  const { u, s, vh } = svd(new Tensor(node));
  const epsilon = node.dtype === 'float64' ? EPSILON.float64 : EPSILON.float32;
  const cut = rcond ?? Math.max(at(node.shape, -1), at(node.shape, -2)) * epsilon;
  const counts = greater(s, mul(max(s, { axis: -1, keepDims: true }), cut));
  const reciprocals = where(counts, div(1, where(counts, s, 1)), 0);
  return matmul(mul(swapaxes(vh, -1, -2), expandDims(reciprocals, -2)), new Tensor(transposed(u.node)));
}

/** Sign of the permutation that brought rows in an order: -1 if an odd number of pairs was exchanged. */
function parity(order: Tensor): Tensor {
  const isInverted = greater(expandDims(order, -1), expandDims(order, -2));
  const count = sum(triu(new Tensor(cast(isInverted.node, order.dtype)), 1), [-2, -1]);
  const odd = sub(count, mul(floor(mul(count, 0.5)), 2));
  return sub(1, mul(odd, 2));
}

/** The diagonal of U and the sign of the row exchanges. */
function pivots(x: TensorLike, name: string): { diagonal: Tensor; exchanges: Tensor } {
  const { upper, order } = luParts(lu(squareMatricesOf(x, name)));
  return { diagonal: new Tensor(diagonalOf(upper)), exchanges: parity(new Tensor(order)) };
}

/**
 * The determinant of square matrices: [..., n, n] to [...]; 1 for n = 0. The gradient is NaN where a matrix is singular.
 * Integers become float32.
 */
export function det(x: TensorLike): Tensor {
  const { diagonal, exchanges } = pivots(x, 'det');
  return mul(exchanges, prod(diagonal, -1));
}

/** A determinant too large or small for a number. */
export interface Slogdet {
  /** -1, 0 or 1: [...]. */
  readonly sign: Tensor;
  /** log |det|, -infinity for a singular matrix: [...]. */
  readonly logabsdet: Tensor;
}

/** Sign and logarithm of the determinant of square matrices [..., n, n]: det = sign e^logabsdet. Integers become float32. */
export function slogdet(x: TensorLike): Slogdet {
  const { diagonal, exchanges } = pivots(x, 'slogdet');
  return { sign: mul(exchanges, prod(sign(diagonal), -1)), logabsdet: sum(log(abs(diagonal)), -1) };
}
