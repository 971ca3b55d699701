import { k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import { accumulator, assign, loop, loops, position, type Statement } from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { batchedInput } from '../batching.ts';
import { type Applicable, applicable } from '../define.ts';
import { add, div, full, mul, select, sub } from '../elementwise/arithmetic.ts';
import { eq } from '../elementwise/compare.ts';
import { broadcastTo, reshape } from '../structure/views.ts';
import {
  assignRotation,
  epsilonOf,
  exchange,
  rotationOf,
  selectionSort,
  selectionSortHost,
  sweep,
  sweepLoops,
  turn,
} from './jacobi.ts';
import {
  type Cells,
  load,
  overMatrices,
  type Place,
  put,
  type Rotation,
  rotate,
  sumInto,
  swap,
} from './matrix-loops.ts';
import {
  diagonalOf,
  diagonalPart,
  product,
  productTransposed,
  rowsOf,
  squareFloats,
  symmetricPart,
  transposedProduct,
} from './matrix-parts.ts';

const eighPrimitive: LoopPrimitive = {
  kind: 'loops',
  name: 'eigh',
  infer: ([x]) => {
    const { shape, dtype } = squareFloats('eigh', x);
    return { shape: shape.with(-2, 2 * at(shape, -1)), dtype };
  },
  // Giles 2008, "An extended collection of matrix derivative results", section 3.1
  gradient: ({ output, cotangent }) => {
    const { vectors, values } = eighParts(output);
    const slopes = eighParts(cotangent);
    const turned = mul(reciprocalGaps(diagonalOf(values)), transposedProduct(vectors, slopes.vectors));
    const inner = add(diagonalPart(slopes.values), turned);
    return [symmetricPart(productTransposed(product(vectors, inner), vectors))];
  },
  batch: (context) => eigh(batchedInput(context, 0)),
  reference: ([x], _attrs, output) => {
    invariant(x, 'eigh without input');
    const n = at(x.shape, -1);
    const packed = new Float64Array(sizeOf(output.shape));
    for (let matrix = 0; matrix * n * n < x.data.length; matrix++) {
      const block = packed.subarray(2 * matrix * n * n, 2 * (matrix + 1) * n * n);
      diagonalize(x.data.subarray(matrix * n * n, (matrix + 1) * n * n), block, n);
    }
    return packed;
  },
  lower: (inputs, _attrs, output) => lowerEigh(inputs, output),
};

/**
 * 1 / (w[j] - w[i]) in row i and column j. 0 where both are equal: then their vectors have no gradient, but the values,
 * whose gradient meets these numbers times 0, keep theirs.
 */
export function reciprocalGaps(values: Node): Node {
  const n = at(values.shape, -1);
  const batch = values.shape.slice(0, -1);
  const square = [...batch, n, n];
  const column = broadcastTo(reshape(values, [...batch, 1, n]), square);
  const row = broadcastTo(reshape(values, [...batch, n, 1]), square);
  return reciprocalOrZero(sub(column, row));
}

/** 1 / x, and 0 where x is 0. */
export function reciprocalOrZero(x: Node): Node {
  const [zero, one] = [full(x, 0), full(x, 1)];
  const isZero = eq(x, zero);
  return select(isZero, zero, div(one, select(isZero, one, x)));
}

/**
 * x = V diag(w) V^T of symmetric matrices (the lower triangle is read): [..., n, n] to [..., 2 n, n], first V, whose columns
 * are the eigenvectors, then a matrix with the ascending eigenvalues on its diagonal. By Jacobi's cyclic rotations: for
 * matrices up to a few hundred rows. The gradient is symmetric; vectors of equal
 * eigenvalues do not pass theirs on to each other.
 */
export const eigh: Applicable<[x: Node]> = applicable(eighPrimitive, (x: Node) => apply(eighPrimitive, [x]));

/** The two halves of what `eigh` gives. */
export function eighParts(packed: Node): { vectors: Node; values: Node } {
  const n = at(packed.shape, -1);
  return { vectors: rowsOf(packed, 0, n), values: rowsOf(packed, n, n) };
}

/** What counts as 0 beside the root of the sum of squares of a matrix, in roundings. */
const NEGLIGIBLE = 1 / 8;

/** Turns x into a diagonal matrix behind the product of all rotations, in place in `block`. */
function diagonalize(x: Float64Array, block: Float64Array, n: number): void {
  const [vectors, work] = [block.subarray(0, n * n), block.subarray(n * n)];
  for (let i = 0; i < n; i++) {
    vectors[i * n + i] = 1;
    for (let j = 0; j < n; j++) work[i * n + j] = at(x, j <= i ? i * n + j : j * n + i);
  }
  const limit = NEGLIGIBLE * epsilonOf('float64') * Math.sqrt(work.reduce((sum, w) => sum + w * w, 0));
  sweep(n, (p, q) => {
    const off = at(work, p * n + q);
    if (!(Math.abs(off) > limit)) return false;
    const rotation = rotationOf((at(work, q * n + q) - at(work, p * n + p)) / (2 * off));
    for (let i = 0; i < n; i++) turn(work, i * n + p, i * n + q, rotation);
    for (let i = 0; i < n; i++) turn(work, p * n + i, q * n + i, rotation);
    for (let i = 0; i < n; i++) turn(vectors, i * n + p, i * n + q, rotation);
    work[p * n + q] = 0;
    work[q * n + p] = 0;
    return true;
  });
  sortAscending(vectors, work, n);
  for (let i = 0; i < n * n; i++) if (i % (n + 1) !== 0) work[i] = 0;
}

function sortAscending(vectors: Float64Array, work: Float64Array, n: number): void {
  selectionSortHost(
    n,
    (i) => at(work, i * n + i),
    (key, best) => key < best,
    (i, j) => {
      exchange(work, i * n + i, j * n + j);
      for (let row = 0; row < n; row++) exchange(vectors, row * n + i, row * n + j);
    },
  );
}

function lowerEigh(inputs: readonly Aval[], { shape, dtype }: Aval) {
  const n = at(shape, -1);
  const size = 2 * n * n;
  const packed = { buffer: 1, dtype };
  const limit = accumulator(registerOf(dtype));
  return overMatrices(inputs, (matrix) => [
    ...loops([n, n], ([i, j]) => {
      invariant(i && j, 'two axes');
      const given = k.load(0, dtype, position([matrix, i, j], [n * n, n, 1]));
      const mirrored = k.load(0, dtype, position([matrix, j, i], [n * n, n, 1]));
      const work = () => position([matrix, i, j], [size, n, 1], n * n);
      const vector = () => position([matrix, i, j], [size, n, 1]);
      const identity = k.convert(registerOf(dtype), k.eq(k.read(i), k.read(j)));
      return [
        put(packed, work, k.select(k.le(k.read(j), k.read(i)), given, mirrored)),
        put(packed, vector, identity),
      ];
    }),
    ...sumInto(limit, n * n, (i) => {
      const element = () => position([matrix, i], [size, 1], n * n);
      return k.mul(load(packed, element), load(packed, element));
    }),
    assign(limit, k.mul(k.sqrt(k.read(limit)), k.constant(limit.register, NEGLIGIBLE * epsilonOf(dtype)))),
    ...sweepLoops(n, (p, distance) => rotatePair(packed, matrix, p, distance, limit, n)),
    sortLoops(packed, matrix, n),
    ...clearOffDiagonal(packed, matrix, n),
  ]);
}

/** One rotation: of columns and rows p and q of the matrix, and of columns of the vectors. */
function rotatePair(
  packed: Cells,
  matrix: Variable,
  p: Variable,
  distance: Variable,
  limit: Variable,
  n: number,
) {
  const size = 2 * n * n;
  const at_ = (strides: readonly [number, number], offset: number) => () =>
    position([matrix, p, distance], [size, ...strides], n * n + offset);
  const off = accumulator(registerOf(packed.dtype));
  const rotation: Rotation = { cosine: accumulator(off.register), sine: accumulator(off.register) };
  const gap = k.sub(load(packed, at_([n + 1, n + 1], n + 1)), load(packed, at_([n + 1, 0], 0)));
  // element i of column or row p, then of q = p + 1 + distance
  const lines = (step: number, along: number, base: number) =>
    loop(n, (i) => {
      const first = () => position([matrix, p, i], [size, step, along], base);
      const second = () => position([matrix, p, distance, i], [size, step, step, along], base + step);
      return rotate(packed, rotation, first, second);
    });
  const zero = k.constant(off.register, 0);
  return {
    before: [assign(off, load(packed, at_([n + 1, 1], 1)))],
    condition: k.lt(k.read(limit), k.abs(k.read(off))),
    body: [
      ...assignRotation(rotation, k.div(gap, k.add(k.read(off), k.read(off)))),
      lines(1, n, n * n),
      lines(n, 1, n * n),
      lines(1, n, 0),
      put(packed, at_([n + 1, 1], 1), zero),
      put(packed, at_([n + 1, n], n), zero),
    ],
  };
}

function sortLoops(packed: Cells, matrix: Variable, n: number): Statement {
  const size = 2 * n * n;
  const diagonal =
    (i: Variable): Place =>
    () =>
      position([matrix, i], [size, n + 1], n * n);
  return selectionSort(
    n,
    packed.dtype,
    (i, offset) =>
      load(packed, () =>
        offset
          ? position([matrix, i, offset], [size, n + 1, n + 1], n * n)
          : position([matrix, i], [size, n + 1], n * n),
      ),
    (key, best) => k.lt(key, best),
    (i, other) => [
      ...swap(packed, diagonal(i), () =>
        position([matrix], [size], n * n, k.mul(k.read(other), k.int(n + 1))),
      ),
      loop(n, (row) =>
        swap(
          packed,
          () => position([matrix, row, i], [size, n, 1]),
          () => position([matrix, row], [size, n], 0, k.read(other)),
        ),
      ),
    ],
  );
}

function clearOffDiagonal(packed: Cells, matrix: Variable, n: number): Statement[] {
  return loops([n, n], ([i, j]) => {
    invariant(i && j, 'two axes');
    const place = () => position([matrix, i, j], [2 * n * n, n, 1], n * n);
    const zero = k.constant(registerOf(packed.dtype), 0);
    return [put(packed, place, k.select(k.eq(k.read(i), k.read(j)), load(packed, place), zero))];
  });
}
