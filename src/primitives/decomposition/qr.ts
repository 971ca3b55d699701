import { k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import { accumulator, assign, loop, loops, position, type Statement } from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { batchedInput } from '../batching.ts';
import { type Applicable, applicable } from '../define.ts';
import { add, sub } from '../elementwise/arithmetic.ts';
import { type Cells, load, overMatrices, type Place, put, sumInto } from './matrix-loops.ts';
import {
  lowerPart,
  product,
  productTransposed,
  rowsOf,
  strictLowerPart,
  tallFloats,
  transposed,
  transposedProduct,
} from './matrix-parts.ts';
import { solveUpper } from './triangular.ts';

const qrPrimitive: LoopPrimitive = {
  kind: 'loops',
  name: 'qr',
  infer: ([x]) => {
    const { shape, dtype } = tallFloats('qr', x);
    return { shape: shape.with(-2, at(shape, -2) + at(shape, -1)), dtype };
  },
  // Walter, Lehmann, Lamour 2012, "On evaluating higher-order derivatives of the QR decomposition"
  gradient: ({ output, cotangent }) => {
    const [q, r] = qrParts(output);
    const [slopeQ, slopeR] = qrParts(cotangent);
    const inner = sub(productTransposed(r, slopeR), transposedProduct(slopeQ, q));
    const symmetric = add(lowerPart(inner), transposed(strictLowerPart(inner)));
    const total = add(slopeQ, product(q, symmetric));
    return [transposed(solveUpper(r, transposed(total)))];
  },
  batch: (context) => qr(batchedInput(context, 0)),
  reference: ([x], _attrs, output) => {
    invariant(x, 'qr without input');
    const [m, n] = [at(x.shape, -2), at(x.shape, -1)];
    const packed = new Float64Array(sizeOf(output.shape));
    for (let matrix = 0; matrix * m * n < x.data.length; matrix++) {
      const block = packed.subarray(matrix * (m + n) * n, (matrix + 1) * (m + n) * n);
      block.set(x.data.subarray(matrix * m * n, (matrix + 1) * m * n));
      orthonormalize(block, m, n);
    }
    return packed;
  },
  lower: (inputs, _attrs, output) => lowerQr(inputs, output),
};

/** Modified Gram-Schmidt in place, twice, on m rows; the coefficients come to the n rows behind. */
function orthonormalize(block: Float64Array, m: number, n: number): void {
  const rows = Array.from({ length: m }, (_, i) => i * n);
  const dot = (p: number, j: number) =>
    rows.reduce((sum, row) => sum + at(block, row + p) * at(block, row + j), 0);
  for (let j = 0; j < n; j++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let p = 0; p < j; p++) {
        const share = dot(p, j);
        for (const row of rows) block[row + j] = at(block, row + j) - share * at(block, row + p);
        block[(m + p) * n + j] = at(block, (m + p) * n + j) + share;
      }
    }
    const length = Math.sqrt(dot(j, j));
    block[(m + j) * n + j] = length;
    for (const row of rows) block[row + j] = length === 0 ? 0 : at(block, row + j) / length;
  }
}

/**
 * x = Q R of tall matrices: [..., m, n] with m >= n to [..., m + n, n], first the rows of Q (orthonormal columns), then those
 * of R (upper triangular with a diagonal >= 0). Gram-Schmidt done twice, which is orthogonal to the last digits; a column
 * that is 0 less its share of those before gives a column of zeros. The gradient wants independent columns.
 */
export const qr: Applicable<[x: Node]> = applicable(qrPrimitive, (x: Node) => apply(qrPrimitive, [x]));

/** Q and R in what `qr` gives. */
export function qrParts(packed: Node): [q: Node, r: Node] {
  const n = at(packed.shape, -1);
  const m = at(packed.shape, -2) - n;
  return [rowsOf(packed, 0, m), rowsOf(packed, m, n)];
}

function lowerQr(inputs: readonly Aval[], { shape, dtype }: Aval) {
  const n = at(shape, -1);
  const m = at(shape, -2) - n;
  const [x, packed] = [
    { buffer: 0, dtype },
    { buffer: 1, dtype },
  ];
  const size = (m + n) * n;
  return overMatrices(inputs, (matrix) => [
    loop(m * n, (i) => [
      put(
        packed,
        () => position([matrix, i], [size, 1]),
        load(x, () => position([matrix, i], [m * n, 1])),
      ),
    ]),
    loop(n * n, (i) => [
      put(packed, () => position([matrix, i], [size, 1], m * n), k.constant(registerOf(dtype), 0)),
    ]),
    loop(n, (j) => {
      const column = (c: Variable) => (i: Variable) => () => position([matrix, i, c], [size, n, 1]);
      return [
        ...loops([2], () => [
          loop(k.read(j), (p) => {
            const coefficient = () => position([matrix, p, j], [size, n, 1], m * n);
            return removeShare(packed, m, column(p), column(j), coefficient);
          }),
        ]),
        ...normalize(packed, m, column(j), () => position([matrix, j], [size, n + 1], m * n)),
      ];
    }),
  ]);
}

type Column = (row: Variable) => Place;

/** Makes a column orthogonal to one of length 1, and adds its share to a coefficient. */
function removeShare(cells: Cells, m: number, unit: Column, column: Column, coefficient: Place): Statement[] {
  const share = accumulator(registerOf(cells.dtype));
  return [
    ...sumInto(share, m, (i) => k.mul(load(cells, unit(i)), load(cells, column(i)))),
    loop(m, (i) => {
      const part = k.mul(k.read(share), load(cells, unit(i)));
      return [put(cells, column(i), k.sub(load(cells, column(i)), part))];
    }),
    put(cells, coefficient, k.add(load(cells, coefficient), k.read(share))),
  ];
}

/** Divides a column by its length, which is kept; a column of zeros stays. */
function normalize(cells: Cells, m: number, column: Column, kept: Place): Statement[] {
  const length = accumulator(registerOf(cells.dtype));
  const zero = k.constant(length.register, 0);
  return [
    ...sumInto(length, m, (i) => k.mul(load(cells, column(i)), load(cells, column(i)))),
    assign(length, k.sqrt(k.read(length))),
    put(cells, kept, k.read(length)),
    loop(m, (i) => {
      const unit = k.div(load(cells, column(i)), k.read(length));
      return [put(cells, column(i), k.select(k.eq(k.read(length), zero), zero, unit))];
    }),
  ];
}
