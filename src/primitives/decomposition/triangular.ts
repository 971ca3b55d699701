import { k } from '../../graph/kernel/expr.ts';
import { loop, position } from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { isFloat } from '../../util/dtypes.ts';
import { at, invariant } from '../../util/errors.ts';
import { sameShape, sizeOf } from '../../util/shapes.ts';
import { batchedInput } from '../batching.ts';
import { type Applicable, applicable } from '../define.ts';
import { neg } from '../elementwise/arithmetic.ts';
import { flip } from '../structure/views.ts';
import { load, overMatrices, type Place, put } from './matrix-loops.ts';
import { lowerPart, productTransposed, transposed } from './matrix-parts.ts';

const solveLowerPrimitive: LoopPrimitive = {
  kind: 'loops',
  name: 'solveLower',
  infer: ([a, b]) => {
    invariant(a && b && isFloat(a.dtype) && a.dtype === b.dtype, 'solveLower wants floats of one dtype');
    invariant(at(a.shape, -1) === at(a.shape, -2), 'solveLower wants square matrices');
    invariant(sameShape(a.shape.slice(0, -1), b.shape.slice(0, -1)), 'solveLower of unlike batches');
    return { shape: b.shape, dtype: b.dtype };
  },
  gradient: ({ inputs: [a], output, cotangent, wants }) => {
    invariant(a, 'solveLower without inputs');
    const right = solveUpper(transposed(a), cotangent);
    return [wants(0) ? neg(lowerPart(productTransposed(right, output))) : null, right];
  },
  batch: (context) => solveLower(batchedInput(context, 0), batchedInput(context, 1)),
  reference: ([a, b], _attrs, output) => {
    invariant(a && b, 'solveLower without inputs');
    const [n, columns] = [at(output.shape, -2), at(output.shape, -1)];
    const x = b.data.slice();
    for (let row = 0; row < sizeOf(output.shape.slice(0, -1)); row++) {
      const [matrix, i] = [Math.floor(row / n), row % n];
      const factor = (j: number) => at(a.data, row * n + j);
      for (let c = 0; c < columns; c++) {
        let rest = at(x, row * columns + c);
        for (let j = 0; j < i; j++) rest -= factor(j) * at(x, (matrix * n + j) * columns + c);
        x[row * columns + c] = rest / factor(i);
      }
    }
    return x;
  },
  lower: (inputs, _attrs, output) => lowerForward(inputs, output),
};

/** x with a x = b, for a lower triangular a [..., n, n] (what is above its diagonal is not read) and b [..., n, columns]. */
export const solveLower: Applicable<[a: Node, b: Node]> = applicable(
  solveLowerPrimitive,
  (a: Node, b: Node) => apply(solveLowerPrimitive, [a, b]),
);

/** x with a x = b, for an upper triangular a [..., n, n] and b [..., n, columns]: the lower case from behind. */
export function solveUpper(a: Node, b: Node): Node {
  const [rows, columns] = [a.shape.length - 2, a.shape.length - 1];
  return flip(solveLower(flip(a, [rows, columns]), flip(b, [rows])), [rows]);
}

/** Row by row, each less its share of all rows before. */
function lowerForward(inputs: readonly Aval[], { shape, dtype }: Aval) {
  const [n, columns] = [at(shape, -2), at(shape, -1)];
  const [a, b, x] = [0, 1, 2].map((buffer) => ({ buffer, dtype }));
  invariant(a && b && x, 'three buffers');
  return overMatrices(inputs, (matrix) => [
    loop(n, (i) => {
      const across = (write: (place: Place) => ReturnType<typeof put>) =>
        loop(columns, (c) => [write(() => position([matrix, i, c], [n * columns, columns, 1]))], true);
      const diagonal = () => position([matrix, i], [n * n, n + 1]);
      return [
        across((place) => put(x, place, load(b, place))),
        loop(k.read(i), (j) => {
          const factor = () => position([matrix, i, j], [n * n, n, 1]);
          return [
            loop(
              columns,
              (c) => {
                const place = () => position([matrix, i, c], [n * columns, columns, 1]);
                const before = () => position([matrix, j, c], [n * columns, columns, 1]);
                const share = k.mul(load(a, factor), load(x, before));
                return [put(x, place, k.sub(load(x, place), share))];
              },
              true,
            ),
          ];
        }),
        across((place) => put(x, place, k.div(load(x, place), load(a, diagonal)))),
      ];
    }),
  ]);
}
