import { matmul } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { add, maximum, mul, square, sub } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { expandDims } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * Squared Euclidean distances of rows: [m, features] and [n, features] to [m, n]. As |a|² - 2 ab + |b|², one product of
 * matrices; near 0 its rounding errors are those of the squares.
 */
export function squaredDistances(a: Tensor, b: Tensor): Tensor {
  const products = matmul(a, matrixTranspose(b));
  const squares = add(expandDims(squaredLengths(a), 1), squaredLengths(b));
  return maximum(sub(squares, mul(products, 2)), 0);
}

function squaredLengths(rows: Tensor): Tensor {
  return sum(square(rows), { axis: 1 });
}
