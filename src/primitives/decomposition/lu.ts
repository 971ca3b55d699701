import { type Expr, k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import {
  accumulator,
  assign,
  loop,
  loops,
  position,
  type Statement,
  when,
} from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { batchedInput } from '../batching.ts';
import { type Applicable, applicable } from '../define.ts';
import { add, cast } from '../elementwise/arithmetic.ts';
import { eq } from '../elementwise/compare.ts';
import { iota } from '../random.ts';
import { broadcastTo, reshape, slice } from '../structure/views.ts';
import { type Cells, load, overMatrices, put, swap } from './matrix-loops.ts';
import {
  firstColumns,
  identityLike,
  productTransposed,
  squareFloats,
  strictLowerPart,
  transposed,
  transposedProduct,
  upperPart,
} from './matrix-parts.ts';
import { solveUpper } from './triangular.ts';

const luPrimitive: LoopPrimitive = {
  kind: 'loops',
  name: 'lu',
  infer: ([x]) => {
    const { shape, dtype } = squareFloats('lu', x);
    return { shape: shape.with(-1, at(shape, -1) + 1), dtype };
  },
  // d(L) = L tril(M, -1), d(U) = triu(M) U with M = L^-1 P dx U^-1 (de Hoog, Anderssen, Lukas 2011), transposed
  gradient: ({ output, cotangent }) => {
    const { lower, upper, permutation } = luParts(output);
    const slopes = firstColumns(cotangent, at(output.shape, -2));
    const below = strictLowerPart(transposedProduct(lower, strictLowerPart(slopes)));
    const above = upperPart(productTransposed(upperPart(slopes), upper));
    const left = solveUpper(transposed(lower), add(below, above));
    const inner = transposed(solveUpper(upper, transposed(left)));
    return [transposedProduct(permutation, inner)];
  },
  batch: (context) => lu(batchedInput(context, 0)),
  reference: ([x], _attrs, output) => {
    invariant(x, 'lu without input');
    const n = at(x.shape, -1);
    const packed = new Float64Array(sizeOf(output.shape));
    for (let first = 0; first < sizeOf(x.shape.slice(0, -2)); first++) {
      const rows = Array.from({ length: n }, (_, i) => {
        const start = (first * n + i) * n;
        return Float64Array.of(...x.data.subarray(start, start + n), i);
      });
      eliminate(rows);
      rows.forEach((row, i) => {
        packed.set(row, (first * n + i) * (n + 1));
      });
    }
    return packed;
  },
  lower: (inputs, _attrs, output) => lowerLu(inputs, output),
};

/** Gaussian elimination in place, the row with the largest pivot first; a column of zeros is left as it is. */
function eliminate(rows: Float64Array[]): void {
  const n = rows.length;
  for (let j = 0; j < n; j++) {
    let best = j;
    for (let i = j; i < n; i++) {
      if (Math.abs(at(at(rows, i), j)) > Math.abs(at(at(rows, best), j))) best = i;
    }
    [rows[j], rows[best]] = [at(rows, best), at(rows, j)];
    const pivot = at(rows, j);
    for (const row of rows.slice(j + 1)) {
      const factor = at(pivot, j) === 0 ? 0 : at(row, j) / at(pivot, j);
      for (let c = j + 1; c < n; c++) row[c] = at(row, c) - factor * at(pivot, c);
      row[j] = factor;
    }
  }
}

/**
 * P x = L U by Gaussian elimination with partial pivoting: [..., n, n] to [..., n, n + 1]. Below the diagonal stands L
 * (whose diagonal is 1), on and above it U; the last column says which row of x each row was. See `luParts`.
 */
export const lu: Applicable<[x: Node]> = applicable(luPrimitive, (x: Node) => apply(luPrimitive, [x]));

/** The factors in what `lu` gives. */
export interface LuParts {
  /** L, with ones on its diagonal. */
  readonly lower: Node;
  /** U. */
  readonly upper: Node;
  /** P as a matrix, P x = L U. */
  readonly permutation: Node;
  /** Row of x that row i of P x was: [..., n], in the dtype of x. */
  readonly order: Node;
}

export function luParts(packed: Node): LuParts {
  const n = at(packed.shape, -2);
  const batch = packed.shape.slice(0, -2);
  const factors = firstColumns(packed, n);
  const shape = [...batch, n, 1];
  const column = { start: [...batch.map(() => 0), 0, n], step: shape.map(() => 1), shape };
  const order = slice(packed, column);
  const square = [...batch, n, n];
  const places = broadcastTo(cast(iota(n), packed.dtype), square);
  return {
    lower: add(strictLowerPart(factors), identityLike(factors)),
    upper: upperPart(factors),
    permutation: cast(eq(broadcastTo(order, square), places), packed.dtype),
    order: reshape(order, [...batch, n]),
  };
}

function lowerLu(inputs: readonly Aval[], { shape, dtype }: Aval) {
  const n = at(shape, -2);
  const width = n + 1;
  const [x, packed] = [
    { buffer: 0, dtype },
    { buffer: 1, dtype },
  ];
  return overMatrices(inputs, (matrix) => [
    ...loops([n, n], ([i, j]) => {
      invariant(i && j, 'two axes');
      const from = () => position([matrix, i, j], [n * n, n, 1]);
      return [put(packed, () => position([matrix, i, j], [n * width, width, 1]), load(x, from))];
    }),
    loop(n, (i) => {
      const place = () => position([matrix, i], [n * width, width], n);
      return [put(packed, place, k.convert(registerOf(dtype), k.read(i)))];
    }),
    loop(n, (j) => {
      const pivot = accumulator('i32');
      return [
        ...findPivot(packed, matrix, j, pivot, n),
        loop(width, (c) => {
          const row = () => position([matrix, j, c], [n * width, width, 1]);
          const other = () => position([matrix, c], [n * width, 1], 0, k.mul(k.read(pivot), k.int(width)));
          return swap(packed, row, other);
        }),
        ...eliminateBelow(packed, matrix, j, n),
      ];
    }),
  ]);
}

/** The row at or below j with the largest element in column j. */
function findPivot(packed: Cells, matrix: Variable, j: Variable, pivot: Variable, n: number): Statement[] {
  const width = n + 1;
  const best = accumulator(registerOf(packed.dtype));
  const size = (i: Variable) =>
    k.abs(load(packed, () => position([matrix, j, i], [n * width, width + 1, width])));
  return [
    assign(best, k.constant(best.register, -1)),
    assign(pivot, k.read(j)),
    loop(below(j, n, 0), (i) => [
      when(k.lt(k.read(best), size(i)), [assign(best, size(i)), assign(pivot, k.add(k.read(i), k.read(j)))]),
    ]),
  ];
}

/** n - j - skipped. */
function below(j: Variable, n: number, skipped: number): Expr {
  return k.sub(k.int(n - skipped), k.read(j));
}

/** Subtracts multiples of row j from all rows below, so that column j vanishes there; the factors take its place. */
function eliminateBelow(packed: Cells, matrix: Variable, j: Variable, n: number): Statement[] {
  const width = n + 1;
  const register = registerOf(packed.dtype);
  const [pivot, factor] = [accumulator(register), accumulator(register)];
  const zero = k.constant(register, 0);
  return [
    assign(
      pivot,
      load(packed, () => position([matrix, j], [n * width, width + 1])),
    ),
    loop(below(j, n, 1), (i) => {
      const first = () => position([matrix, j, i], [n * width, width + 1, width], width);
      return [
        assign(factor, k.select(k.eq(k.read(pivot), zero), zero, k.div(load(packed, first), k.read(pivot)))),
        put(packed, first, k.read(factor)),
        loop(
          below(j, n, 1),
          (c) => {
            const place = () => position([matrix, j, i, c], [n * width, width + 1, width, 1], width + 1);
            const above = () => position([matrix, j, c], [n * width, width + 1, 1], 1);
            const share = k.mul(k.read(factor), load(packed, above));
            return [put(packed, place, k.sub(load(packed, place), share))];
          },
          true,
        ),
      ];
    }),
  ];
}
