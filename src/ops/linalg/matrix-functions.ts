import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { eye } from '../create.ts';
import { abs, cast, mul } from '../math/arithmetic.ts';
import { greater } from '../math/compare.ts';
import { max, min, norm, sum } from '../reduce/reduce.ts';
import { broadcastTo, expandDims, squeeze, swapaxes } from '../shape/shape.ts';
import { eigh, svd } from './decompositions.ts';
import { matmul } from './linalg.ts';
import { matricesOf } from './matrices.ts';
import { inv, type PinvOptions, pinv } from './solving.ts';

/** Rows and columns exchanged: [..., m, n] to [..., n, m]. @throws AntlerShapeError for less than two axes */
export function matrixTranspose(x: TensorLike): Tensor {
  const given = toTensor(x, 'matrixTranspose');
  if (given.rank >= 2) return swapaxes(given, -1, -2);
  const expected = '[..., rows, columns]';
  throw new AntlerShapeError({ where: 'matrixTranspose', expected, got: formatShape(given.shape) });
}

/**
 * The product of `power` copies of square matrices [..., n, n], by squaring; of the inverse for a negative power.
 * @throws AntlerShapeError unless the matrices are square, AntlerValueError unless the power is whole
 */
export function matrixPower(x: TensorLike, power: number): Tensor {
  const given = toTensor(x, 'matrixPower');
  const [rows, columns] = [given.shape.at(-2), given.shape.at(-1)];
  if (rows === undefined || rows !== columns) {
    const expected = 'square matrices [..., n, n]';
    throw new AntlerShapeError({ where: 'matrixPower', expected, got: formatShape(given.shape) });
  }
  if (!Number.isInteger(power)) {
    throw new AntlerValueError({ where: 'matrixPower', expected: 'a whole power', got: `${power}` });
  }
  if (power === 0) return broadcastTo(eye(rows, rows, given.dtype), given.shape);
  return power < 0 ? positivePower(inv(given), -power) : positivePower(given, power);
}

function positivePower(x: Tensor, power: number): Tensor {
  if (power === 1) return x;
  const half = positivePower(x, Math.floor(power / 2));
  const even = matmul(half, half);
  return power % 2 === 0 ? even : matmul(even, x);
}

/** Singular values, descending: [..., m, n] to [..., k], k the smaller of both. Integers become float32. */
export function svdvals(x: TensorLike): Tensor {
  return svd(x).s;
}

/** Eigenvalues of symmetric matrices, ascending: [..., n, n] to [..., n]. Integers become float32. */
export function eigvalsh(x: TensorLike): Tensor {
  return eigh(x).values;
}

/** Which norm of a matrix: Frobenius, nuclear, or the largest (smallest for -) gain in a p-norm. */
export type MatrixNormOrder = 'fro' | 'nuc' | 1 | 2 | -1 | -2 | typeof Infinity;

/** Options of `matrixNorm`. */
export interface MatrixNormOptions {
  /**
   * `fro` (default): root of the sum of squares; `nuc`: sum of the singular values; 2, -2: the largest, smallest of them;
   * 1, -1: the largest, smallest sum of sizes in a column; Infinity, -Infinity: in a row.
   */
  readonly ord?: MatrixNormOrder;
  /** Keep both axes with extent 1. Default false. */
  readonly keepDims?: boolean;
}

const ORDERS: readonly unknown[] = ['fro', 'nuc', 1, 2, -1, -2, Infinity, -Infinity];

/**
 * A norm of matrices: [..., m, n] to [...]. Integers become float32.
 * @throws AntlerShapeError for less than two axes, AntlerValueError for an unknown norm
 */
export function matrixNorm(x: TensorLike, { ord = 'fro', keepDims = false }: MatrixNormOptions = {}): Tensor {
  if (!ORDERS.includes(ord)) {
    throw new AntlerValueError({ where: 'matrixNorm', expected: `ord ${ORDERS.join(', ')}`, got: `${ord}` });
  }
  const values = new Tensor(matricesOf(x, 'matrixNorm'));
  const kept = normOf(values, ord);
  return keepDims ? kept : squeeze(kept, [-2, -1]);
}

/** The norm with both axes kept. */
function normOf(x: Tensor, ord: MatrixNormOrder): Tensor {
  if (ord === 'fro') return norm(x, { axis: [-2, -1], keepDims: true });
  if (ord === 'nuc') return expandDims(sum(svdvals(x), { axis: -1, keepDims: true }), -1);
  const extreme = ord > 0 ? max : min;
  const size = Math.abs(ord);
  if (size === 2) return expandDims(extreme(svdvals(x), { axis: -1, keepDims: true }), -1);
  const lines = size === 1 ? -2 : -1;
  return extreme(sum(abs(x), { axis: lines, keepDims: true }), {
    axis: lines === -2 ? -1 : -2,
    keepDims: true,
  });
}

/** How many singular values count as more than 0, as int32: [..., m, n] to [...]. */
export function matrixRank(x: TensorLike, { rcond }: PinvOptions = {}): Tensor {
  const node = matricesOf(x, 'matrixRank');
  const singular = svdvals(new Tensor(node));
  const epsilon = node.dtype === 'float64' ? 2 ** -52 : 2 ** -23;
  const cut = rcond ?? Math.max(at(node.shape, -1), at(node.shape, -2)) * epsilon;
  const largest = max(singular, { axis: -1, keepDims: true });
  return sum(cast(greater(singular, mul(largest, cut)), 'int32'), -1);
}

/**
 * The shortest x that makes a x nearest to b in the sum of squares: a [..., m, n] and b [..., m] or [..., m, columns] to
 * [..., n] or [..., n, columns]; leading axes broadcast. Integers become float32. As Keras 3.
 * @throws AntlerShapeError for other shapes
 */
export function lstsq(a: TensorLike, b: TensorLike, options: PinvOptions = {}): Tensor {
  const matrices = matricesOf(a, 'lstsq');
  const right = toTensor(b, 'lstsq');
  const isVector = right.rank === matrices.shape.length - 1;
  const columns = isVector ? expandDims(right, -1) : right;
  if (columns.rank < 2 || at(columns.shape, -2) !== at(matrices.shape, -2)) {
    const m = at(matrices.shape, -2);
    const expected = `right-hand sides [..., ${m}] or [..., ${m}, columns]`;
    throw new AntlerShapeError({ where: 'lstsq', expected, got: formatShape(right.shape) });
  }
  const solution = matmul(pinv(new Tensor(matrices), options), columns);
  return isVector ? squeeze(solution, -1) : solution;
}
