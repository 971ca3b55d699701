import { k, registerOf } from '../../graph/kernel/expr.ts';
import { accumulator, assign, loop, position } from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { batchedInput } from '../batching.ts';
import { type Applicable, applicable } from '../define.ts';
import { full, mul, sub } from '../elementwise/arithmetic.ts';
import { load, overMatrices, put } from './matrix-loops.ts';
import {
  diagonalPart,
  lowerPart,
  squareFloats,
  symmetricPart,
  transposed,
  transposedProduct,
} from './matrix-parts.ts';
import { solveUpper } from './triangular.ts';

const choleskyPrimitive: LoopPrimitive = {
  kind: 'loops',
  name: 'cholesky',
  infer: ([x]) => {
    const { shape, dtype } = squareFloats('cholesky', x);
    return { shape, dtype };
  },
  // Murray 2016, "Differentiation of the Cholesky decomposition", eq. 10
  gradient: ({ output, cotangent }) => {
    const inner = lowerPart(transposedProduct(output, cotangent));
    const halved = sub(inner, mul(diagonalPart(inner), full(inner, 0.5)));
    const upper = transposed(output);
    const left = solveUpper(upper, halved);
    return [symmetricPart(transposed(solveUpper(upper, transposed(left))))];
  },
  batch: (context) => cholesky(batchedInput(context, 0)),
  reference: ([x], _attrs, output) => {
    invariant(x, 'cholesky without input');
    const n = at(output.shape, -1);
    const factor = new Float64Array(x.data.length);
    for (let row = 0; row * n < x.data.length; row++) {
      const first = row - (row % n);
      for (let column = first; column <= row; column++) {
        let rest = at(x.data, row * n + column - first);
        for (let j = 0; j < column - first; j++) rest -= at(factor, row * n + j) * at(factor, column * n + j);
        const place = row * n + column - first;
        factor[place] = column === row ? Math.sqrt(rest) : rest / at(factor, column * n + column - first);
      }
    }
    return factor;
  },
  lower: (inputs, _attrs, output) => lowerCholesky(inputs, output),
};

/**
 * The lower triangular L with positive diagonal and L L^T = x: [..., n, n]. x is symmetric and positive definite (its lower
 * triangle is read); NaN if it is not. The gradient is symmetric.
 */
export const cholesky: Applicable<[x: Node]> = applicable(choleskyPrimitive, (x: Node) =>
  apply(choleskyPrimitive, [x]),
);

/** Column by column: the pivot, what is below it, and zeros to its right. */
function lowerCholesky(inputs: readonly Aval[], { shape, dtype }: Aval) {
  const n = at(shape, -1);
  const [x, factor] = [
    { buffer: 0, dtype },
    { buffer: 1, dtype },
  ];
  return overMatrices(inputs, (matrix) => [
    loop(n, (j) => {
      const [rest, pivot] = [accumulator(registerOf(dtype)), accumulator(registerOf(dtype))];
      const diagonal = () => position([matrix, j], [n * n, n + 1]);
      const left = (p: typeof j) => () => position([matrix, j, p], [n * n, n, 1]);
      const subtract = (...places: (() => ReturnType<typeof position>)[]) => {
        const [a, b] = places.map((place) => load(factor, place));
        invariant(a && b, 'two factors');
        return assign(rest, k.sub(k.read(rest), k.mul(a, b)));
      };
      return [
        assign(rest, load(x, diagonal)),
        loop(k.read(j), (p) => [subtract(left(p), left(p))]),
        assign(pivot, k.sqrt(k.read(rest))),
        put(factor, diagonal, k.read(pivot)),
        loop(k.sub(k.int(n - 1), k.read(j)), (i) => {
          const below = () => position([matrix, j, i], [n * n, n + 1, n], n);
          const besides = () => position([matrix, j, i], [n * n, n + 1, 1], 1);
          return [
            assign(rest, load(x, below)),
            loop(k.read(j), (p) => [
              subtract(() => position([matrix, j, i, p], [n * n, n, n, 1], n), left(p)),
            ]),
            put(factor, below, k.div(k.read(rest), k.read(pivot))),
            put(factor, besides, k.constant(rest.register, 0)),
          ];
        }),
      ];
    }),
  ]);
}
