import { tensor } from '../ops/create.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { solve } from '../ops/linalg/solving.ts';
import { add, maximum, mul, neg, square, sub } from '../ops/math/arithmetic.ts';
import { rsqrt } from '../ops/math/math.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { broadcastTo, concat, expandDims, reshape, stack, transpose } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { withPenalty } from './ridge.ts';

/** Horizontal and vertical shift, size, rotation, two ways of stretching, and thickness of the stroke. */
const TANGENTS = 7;

/**
 * How an image changes when it is shifted, scaled, rotated, stretched (along the axes and along the diagonals), or drawn with
 * a thicker pen: [images, height, width] to unit vectors [images, 7, height · width]. Slopes are differences of neighbours
 * on both sides; outside the image is 0.
 */
export function tangentVectors(images: Tensor): Tensor {
  const [count, height, width] = [at(images.shape, 0), at(images.shape, 1), at(images.shape, 2)];
  const dx = matmul(images, matrixTranspose(differences(width)));
  const dy = matmul(differences(height), images);
  const x = centred(width);
  const y = expandDims(centred(height), 1);
  const changes = [
    dx,
    dy,
    add(mul(x, dx), mul(y, dy)),
    sub(mul(y, dx), mul(x, dy)),
    sub(mul(x, dx), mul(y, dy)),
    add(mul(y, dx), mul(x, dy)),
    add(square(dx), square(dy)),
  ];
  const vectors = reshape(stack(changes, 1), [count, TANGENTS, height * width]);
  const squares = sum(square(vectors), { axis: 2, keepDims: true });
  return mul(vectors, rsqrt(maximum(squares, LEAST_SQUARE)));
}

/** Smaller tangents are those of an empty image. */
const LEAST_SQUARE = 1e-12;

/** Half of the right neighbour less half of the left one: [size, size]. */
function differences(size: number): Tensor {
  const entry = (row: number, column: number): number =>
    Math.abs(column - row) === 1 ? (column - row) / 2 : 0;
  return tensor(
    Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, c) => entry(row, c))),
  );
}

/** Places counted from the middle: [size]. */
function centred(size: number): Tensor {
  return tensor(Array.from({ length: size }, (_, i) => i - (size - 1) / 2));
}

/**
 * Squared distances between the planes that tangents span at both images, a little of each step along them added: with
 * `stiffness` 0 the distance of the planes, with infinity that of the images. Simard, LeCun & Denker 1993.
 * @param a [images, height, width]
 * @param b [images, others, height, width]: those that each of a is compared with
 * @returns [images, others]
 */
export function tangentDistances(a: Tensor, b: Tensor, stiffness: number): Tensor {
  const [count, others, height, width] = b.shape as readonly [number, number, number, number];
  const [pixels, pairs] = [height * width, count * others];
  const [left, right] = [reshape(a, [count, 1, pixels]), reshape(b, [count, others, pixels])];
  const ta = tangentVectors(a);
  const tb = tangentVectors(reshape(b, [pairs, height, width]));
  const tbRows = reshape(tb, [count, others * TANGENTS, pixels]);

  const products = matmul(ta, matrixTranspose(tbRows));
  const across = transpose(reshape(products, [count, TANGENTS, others, TANGENTS]), [0, 2, 1, 3]);
  const aAlong = sub(matmul(ta, matrixTranspose(left)), matmul(ta, matrixTranspose(right)));
  const bWithA = reshape(matmul(tbRows, matrixTranspose(left)), [pairs, TANGENTS]);
  const bWithB = reshape(matmul(tb, reshape(b, [pairs, pixels, 1])), [pairs, TANGENTS]);

  const gramOfOne = expandDims(matmul(ta, matrixTranspose(ta)), 1);
  const gramA = reshape(broadcastTo(gramOfOne, [count, others, TANGENTS, TANGENTS]), [
    pairs,
    TANGENTS,
    TANGENTS,
  ]);
  const gramB = matmul(tb, matrixTranspose(tb));
  const mixed = neg(reshape(across, [pairs, TANGENTS, TANGENTS]));
  const gram = concat([concat([gramA, mixed], 2), concat([matrixTranspose(mixed), gramB], 2)], 1);
  const slope = concat([reshape(matrixTranspose(aAlong), [pairs, TANGENTS]), sub(bWithB, bWithA)], 1);
  const steps = solve(withPenalty(gram, stiffness), slope);

  const gaps = sum(square(sub(left, right)), { axis: 2 });
  return maximum(sub(gaps, reshape(sum(mul(slope, steps), { axis: 1 }), [count, others])), 0);
}
