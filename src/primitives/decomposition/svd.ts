import { k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import { accumulator, assign, loop, loops, position, type Statement } from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import type { DType } from '../../util/dtypes.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { batchedInput } from '../batching.ts';
import { type Applicable, applicable } from '../define.ts';
import { add, mul, sub } from '../elementwise/arithmetic.ts';
import { broadcastTo, reshape } from '../structure/views.ts';
import { reciprocalGaps, reciprocalOrZero } from './eigh.ts';
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
import { type Cells, load, overMatrices, put, type Rotation, rotate, sumInto, swap } from './matrix-loops.ts';
import {
  diagonalOf,
  diagonalPart,
  product,
  productTransposed,
  rowsOf,
  tallFloats,
  transposed,
  transposedProduct,
} from './matrix-parts.ts';

const svdPrimitive: LoopPrimitive = {
  kind: 'loops',
  name: 'svd',
  infer: ([x]) => {
    const { shape, dtype } = tallFloats('svd', x);
    return { shape: shape.with(-2, at(shape, -2) + 2 * at(shape, -1)), dtype };
  },
  gradient: ({ output, cotangent }) => [svdGradient(svdParts(output), svdParts(cotangent))],
  batch: (context) => svd(batchedInput(context, 0)),
  reference: ([x], _attrs, output) => {
    invariant(x, 'svd without input');
    const [m, n] = [at(x.shape, -2), at(x.shape, -1)];
    const packed = new Float64Array(sizeOf(output.shape));
    for (let matrix = 0; matrix * m * n < x.data.length; matrix++) {
      const block = packed.subarray(matrix * (m + 2 * n) * n, (matrix + 1) * (m + 2 * n) * n);
      block.set(x.data.subarray(matrix * m * n, (matrix + 1) * m * n));
      orthogonalize(block, m, n);
    }
    return packed;
  },
  lower: (inputs, _attrs, output) => lowerSvd(inputs, output),
};

/**
 * x = U diag(s) V^T of tall matrices: [..., m, n] with m >= n to [..., m + 2 n, n], first the rows of U, then those of V, then a
 * matrix with the descending singular values on its diagonal. By one-sided Jacobi rotations (Hestenes 1958), which find
 * small singular values to full relative accuracy: for matrices up to a few hundred columns. Where s is 0, so is the column
 * of U, without a gradient; vectors of equal singular values do not pass theirs on to each other.
 */
export const svd: Applicable<[x: Node]> = applicable(svdPrimitive, (x: Node) => apply(svdPrimitive, [x]));

/** The three parts of what `svd` gives. */
export interface SvdParts {
  readonly u: Node;
  readonly v: Node;
  /** The singular values as a diagonal matrix. */
  readonly s: Node;
}

export function svdParts(packed: Node): SvdParts {
  const n = at(packed.shape, -1);
  const m = at(packed.shape, -2) - 2 * n;
  return { u: rowsOf(packed, 0, m), v: rowsOf(packed, m, n), s: rowsOf(packed, m + n, n) };
}

/** Townsend 2016, "Differentiating the singular value decomposition", eq. 31, for a square V. */
function svdGradient({ u, v, s }: SvdParts, slopes: SvdParts): Node {
  const values = diagonalOf(s);
  const gaps = reciprocalGaps(mul(values, values));
  const turning = (basis: Node, slope: Node) => {
    const inner = transposedProduct(basis, slope);
    return mul(gaps, sub(inner, transposed(inner)));
  };
  const core = add(
    add(product(turning(u, slopes.u), s), product(s, turning(v, slopes.v))),
    diagonalPart(slopes.s),
  );
  const outside = sub(slopes.u, product(u, transposedProduct(u, slopes.u)));
  const row = reshape(values, [...values.shape.slice(0, -1), 1, at(values.shape, -1)]);
  const left = add(product(u, core), mul(outside, broadcastTo(reciprocalOrZero(row), outside.shape)));
  return productTransposed(left, v);
}

/** The cosine of columns that are orthogonal up to the roundings in their product of m terms. */
function orthogonalBelow(m: number, dtype: DType): number {
  return 2 * Math.sqrt(m) * epsilonOf(dtype);
}

/** Rotates columns until they are orthogonal, in place: U diag(s), then V, then zeros for s. */
function orthogonalize(block: Float64Array, m: number, n: number): void {
  const v = block.subarray(m * n, (m + n) * n);
  for (let i = 0; i < n; i++) v[i * (n + 1)] = 1;
  const dot = (p: number, q: number) => {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += at(block, i * n + p) * at(block, i * n + q);
    return sum;
  };
  // U and V stand one below the other, so that their columns turn together
  sweep(n, (p, q) => {
    const [a, b, c] = [dot(p, p), dot(q, q), dot(p, q)];
    if (!(Math.abs(c) > orthogonalBelow(m, 'float64') * Math.sqrt(a * b))) return false;
    const rotation = rotationOf((b - a) / (2 * c));
    for (let i = 0; i < m + n; i++) turn(block, i * n + p, i * n + q, rotation);
    return true;
  });
  scaleAndSort(block, m, n, dot);
}

function scaleAndSort(
  block: Float64Array,
  m: number,
  n: number,
  dot: (p: number, q: number) => number,
): void {
  const place = (j: number) => (m + n + j) * n + j;
  for (let j = 0; j < n; j++) {
    const length = Math.sqrt(dot(j, j));
    block[place(j)] = length;
    for (let i = 0; i < m; i++) block[i * n + j] = length === 0 ? 0 : at(block, i * n + j) / length;
  }
  selectionSortHost(
    n,
    (j) => at(block, place(j)),
    (key, best) => key > best,
    (j, other) => {
      exchange(block, place(j), place(other));
      for (let i = 0; i < m + n; i++) exchange(block, i * n + j, i * n + other);
    },
  );
}

interface Block {
  readonly cells: Cells;
  readonly matrix: Variable;
  readonly m: number;
  readonly n: number;
  /** Elements of a packed matrix. */
  readonly size: number;
}

function lowerSvd(inputs: readonly Aval[], { shape, dtype }: Aval) {
  const n = at(shape, -1);
  const m = at(shape, -2) - 2 * n;
  const size = (m + 2 * n) * n;
  const register = registerOf(dtype);
  return overMatrices(inputs, (matrix) => {
    const block: Block = { cells: { buffer: 1, dtype }, matrix, m, n, size };
    const { cells } = block;
    return [
      loop(m * n, (i) => {
        const given = k.load(0, dtype, position([matrix, i], [m * n, 1]));
        return [put(cells, () => position([matrix, i], [size, 1]), given)];
      }),
      ...loops([n, n], ([i, j]) => {
        invariant(i && j, 'two axes');
        const identity = k.convert(register, k.eq(k.read(i), k.read(j)));
        return [
          put(cells, () => position([matrix, i, j], [size, n, 1], m * n), identity),
          put(cells, () => position([matrix, i, j], [size, n, 1], (m + n) * n), k.constant(register, 0)),
        ];
      }),
      ...sweepLoops(n, (p, distance) => rotatePair(block, p, distance)),
      scaleLoops(block),
      sortLoops(block),
    ];
  });
}

/** One rotation of columns p and q = p + 1 + distance of U and V. */
function rotatePair({ cells, matrix, m, n, size }: Block, p: Variable, distance: Variable) {
  const register = registerOf(cells.dtype);
  const [a, b, c] = [accumulator(register), accumulator(register), accumulator(register)];
  const rotation: Rotation = { cosine: accumulator(register), sine: accumulator(register) };
  const first = (i: Variable) => () => position([matrix, i, p], [size, n, 1]);
  const second = (i: Variable) => () => position([matrix, i, p, distance], [size, n, 1, 1], 1);
  const dot = (total: Variable, x: typeof first, y: typeof first) =>
    sumInto(total, m, (i) => k.mul(load(cells, x(i)), load(cells, y(i))));
  const limit = k.constant(register, orthogonalBelow(m, cells.dtype));
  const scale = k.sqrt(k.mul(k.read(a), k.read(b)));
  return {
    before: [...dot(a, first, first), ...dot(b, second, second), ...dot(c, first, second)],
    condition: k.lt(k.mul(limit, scale), k.abs(k.read(c))),
    body: [
      ...assignRotation(rotation, k.div(k.sub(k.read(b), k.read(a)), k.add(k.read(c), k.read(c)))),
      loop(m + n, (i) => rotate(cells, rotation, first(i), second(i))),
    ],
  };
}

/** Takes the lengths of the columns of U out of them. */
function scaleLoops({ cells, matrix, m, n, size }: Block): Statement {
  const length = accumulator(registerOf(cells.dtype));
  const zero = k.constant(length.register, 0);
  return loop(n, (j) => {
    const element = (i: Variable) => () => position([matrix, i, j], [size, n, 1]);
    const unit = (i: Variable) => k.div(load(cells, element(i)), k.read(length));
    return [
      ...sumInto(length, m, (i) => k.mul(load(cells, element(i)), load(cells, element(i)))),
      assign(length, k.sqrt(k.read(length))),
      put(cells, () => position([matrix, j], [size, n + 1], (m + n) * n), k.read(length)),
      loop(m, (i) => [put(cells, element(i), k.select(k.eq(k.read(length), zero), zero, unit(i)))]),
    ];
  });
}

function sortLoops({ cells, matrix, m, n, size }: Block): Statement {
  const values = (m + n) * n;
  return selectionSort(
    n,
    cells.dtype,
    (i, offset) =>
      load(cells, () =>
        offset
          ? position([matrix, i, offset], [size, n + 1, n + 1], values)
          : position([matrix, i], [size, n + 1], values),
      ),
    (key, best) => k.lt(best, key),
    (i, other) => [
      ...swap(
        cells,
        () => position([matrix, i], [size, n + 1], values),
        () => position([matrix], [size], values, k.mul(k.read(other), k.int(n + 1))),
      ),
      loop(m + n, (row) =>
        swap(
          cells,
          () => position([matrix, row, i], [size, n, 1]),
          () => position([matrix, row], [size, n], 0, k.read(other)),
        ),
      ),
    ],
  );
}
