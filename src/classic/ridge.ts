import { eye, zeros } from '../ops/create.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { solve } from '../ops/linalg/solving.ts';
import { add, mul, sub } from '../ops/math/arithmetic.ts';
import { isFinite as isFiniteElement } from '../ops/math/compare.ts';
import { all, mean } from '../ops/reduce/reduce.ts';
import { sliceAxis } from '../ops/shape/slicing.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerNumericError, AntlerValueError, at } from '../util/errors.ts';
import { forRowBlocks } from './row-blocks.ts';

/** x weights + bias. */
export interface LinearMap {
  /** [features, outputs] */
  readonly weights: Tensor;
  /** [outputs] */
  readonly bias: Tensor;
}

/** Rows whose products are added at once. */
const BLOCK_ROWS = 8192;

/**
 * The linear map of least squared error, plus `penalty` times the sum of the squared weights; the bias is free. By the normal
 * equations of centred rows, added up block by block.
 * @param x [rows, features]
 * @param targets [rows, outputs]
 * @throws AntlerNumericError if features depend on each other and there is no penalty
 */
export function fitRidge(x: Tensor, targets: Tensor, penalty: number, where: string): LinearMap {
  const [features, outputs] = [at(x.shape, 1), at(targets.shape, 1)];
  const middle = jit((rows: Tensor) => mean(rows, { axis: 0 }));
  const [center, level] = [middle(x), middle(targets)];
  const accumulate = jit(addProducts, { donate: [0] });
  let gram = jit(() => zeros([features, features], x.dtype))();
  let cross = jit(() => zeros([features, outputs], x.dtype))();
  forRowBlocks(x, BLOCK_ROWS, (rows, start) => {
    const wanted = sliceAxis(targets, 0, start, at(rows.shape, 0));
    ({ gram, cross } = accumulate({ gram, cross }, rows, wanted, { center, level }));
  });
  const weights = jit((a: Tensor, b: Tensor) => solve(withPenalty(a, penalty), b))(gram, cross);
  requireSolved(weights, where);
  return { weights, bias: sub(level, matmul(center, weights)) };
}

interface Products {
  /** Of features with features. */
  readonly gram: Tensor;
  /** Of features with targets. */
  readonly cross: Tensor;
}

function addProducts({ gram, cross }: Products, rows: Tensor, targets: Tensor, means: Means): Products {
  const columns = matrixTranspose(sub(rows, means.center));
  return {
    gram: add(gram, matmul(columns, matrixTranspose(columns))),
    cross: add(cross, matmul(columns, sub(targets, means.level))),
  };
}

/** Of the features and of the targets. */
interface Means {
  readonly center: Tensor;
  readonly level: Tensor;
}

/** The outputs of rows: [rows, features] to [rows, outputs]. */
export function applyLinear({ weights, bias }: LinearMap, rows: Tensor): Tensor {
  return add(matmul(rows, weights), bias);
}

/** Square matrices [..., n, n] with `penalty` added along their diagonals. */
export function withPenalty(matrix: Tensor, penalty: number): Tensor {
  const size = at(matrix.shape, -1);
  return add(matrix, mul(eye(size, size, matrix.dtype), penalty));
}

/** @throws AntlerNumericError for what came out of equations without one solution */
export function requireSolved(solution: Tensor, where: string): void {
  if (all(isFiniteElement(solution)).itemSync() !== 0) return;
  throw new AntlerNumericError({
    where,
    expected: 'features that do not depend on each other',
    got: 'equations without one solution',
    fix: 'give a larger penalty',
  });
}

/** @throws AntlerValueError unless a penalty is a number >= 0 */
export function requirePenalty(penalty: number, where: string): void {
  if (penalty >= 0 && penalty < Number.POSITIVE_INFINITY) return;
  throw new AntlerValueError({ where, expected: 'penalty, a number >= 0', got: `${penalty}` });
}
