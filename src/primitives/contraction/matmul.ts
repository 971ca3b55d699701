import { k, registerOf } from '../../graph/kernel/expr.ts';
import { type LoopProgram, loop, loops, position, type Statement, store } from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { sameShape, sizeOf } from '../../util/shapes.ts';
import { batchedInput, foldBatch, mergeBatch, splitBatch, unfoldBatch } from '../batching.ts';
import { applicable } from '../define.ts';

export type MatmulAttrs = {
  /** The left matrices are stored as [..., k, m]. */
  readonly transposeA: boolean;
  /** The right matrices are stored as [..., n, k]. */
  readonly transposeB: boolean;
};

/** Extents and strides (in elements) of one product among a batch. */
export interface MatmulGeometry {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: { readonly row: number; readonly depth: number };
  readonly b: { readonly depth: number; readonly column: number };
}

export function matmulGeometry(a: Aval, b: Aval, { transposeA, transposeB }: MatmulAttrs): MatmulGeometry {
  const [rowsA, columnsA] = [at(a.shape, -2), at(a.shape, -1)];
  const [rowsB, columnsB] = [at(b.shape, -2), at(b.shape, -1)];
  return {
    batch: sizeOf(a.shape.slice(0, -2)),
    m: transposeA ? columnsA : rowsA,
    k: transposeA ? rowsA : columnsA,
    n: transposeB ? rowsB : columnsB,
    a: transposeA ? { row: 1, depth: columnsA } : { row: columnsA, depth: 1 },
    b: transposeB ? { depth: 1, column: columnsB } : { depth: columnsB, column: 1 },
  };
}

const matmulPrimitive: LoopPrimitive<MatmulAttrs> = {
  kind: 'loops',
  name: 'matmul',
  infer: ([a, b], attrs) => {
    invariant(a && b && a.dtype === b.dtype && a.dtype !== 'bool', 'matmul of unlike inputs');
    invariant(sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), 'matmul of unlike batches');
    const { m, n } = matmulGeometry(a, b, attrs);
    return { shape: [...a.shape.slice(0, -2), m, n], dtype: a.dtype };
  },
  gradient: ({ inputs: [a, b], cotangent, attrs: { transposeA, transposeB }, wants }) => {
    invariant(a && b, 'matmul without inputs');
    const left = () =>
      transposeA ? matmul(b, cotangent, transposeB, true) : matmul(cotangent, b, false, !transposeB);
    const right = () =>
      transposeB ? matmul(cotangent, a, true, transposeA) : matmul(a, cotangent, !transposeA, false);
    return [wants(0) ? left() : null, wants(1) ? right() : null];
  },
  batch: (context) => {
    const { inputs, isBatched, attrs } = context;
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    if (!isBatched[1] && b.shape.length === 2) return batchOfLeft(a, b, attrs);
    if (!isBatched[0] && a.shape.length === 2) return batchOfRight(a, b, attrs);
    const { transposeA, transposeB } = attrs;
    return matmul(batchedInput(context, 0), batchedInput(context, 1), transposeA, transposeB);
  },
  reference: ([a, b], attrs, output) => {
    invariant(a && b, 'matmul without inputs');
    const g = matmulGeometry(a, b, attrs);
    const result = new Float64Array(sizeOf(output.shape));
    for (let i = 0; i < result.length; i++) {
      const column = i % g.n;
      const row = Math.floor(i / g.n) % g.m;
      const batch = Math.floor(i / (g.n * g.m));
      let sum = 0;
      for (let depth = 0; depth < g.k; depth++) {
        const left = at(a.data, batch * g.m * g.k + row * g.a.row + depth * g.a.depth);
        sum += left * at(b.data, batch * g.k * g.n + depth * g.b.depth + column * g.b.column);
      }
      result[i] = sum;
    }
    return result;
  },
  lower: ([a, b], attrs, output) => {
    invariant(a && b, 'matmul without inputs');
    return lowerMatmul(matmulGeometry(a, b, attrs), output);
  },
};

/** Matrix products of matching batches: [..., m, k] x [..., k, n] -> [..., m, n]. */
export const matmul = applicable(
  matmulPrimitive,
  (a: Node, b: Node, transposeA: boolean, transposeB: boolean) =>
    apply(matmulPrimitive, [a, b], { transposeA, transposeB }),
);

/** Many matrices times one: a single product of all their rows. */
function batchOfLeft(a: Node, b: Node, { transposeA, transposeB }: MatmulAttrs): Node {
  const size = at(a.shape, 0);
  const rows = transposeA ? mergeBatch(a, 2) : foldBatch(a);
  return unfoldBatch(matmul(rows, b, transposeA, transposeB), size);
}

/** One matrix times many: a single product with all their columns. */
function batchOfRight(a: Node, b: Node, { transposeA, transposeB }: MatmulAttrs): Node {
  const size = at(b.shape, 0);
  const columns = transposeB ? foldBatch(b) : mergeBatch(b, 2);
  return splitBatch(matmul(a, columns, transposeA, transposeB), 1, size);
}

/** Row by row: out[row] += a[row, depth] * b[depth], the innermost loop along the columns. */
function lowerMatmul(g: MatmulGeometry, { dtype }: Aval): LoopProgram {
  const zero = k.constant(registerOf(dtype), 0);
  return {
    extent: g.batch,
    inputs: ['rows', 'rows'],
    output: 'rows',
    body: (_first, rows) =>
      loops([rows, g.m], (outer): Statement[] => {
        const out = [g.m * g.n, g.n];
        return [
          loop(g.n, (j) => [store(2, dtype, position([...outer, j], [...out, 1]), zero)], true),
          loop(g.k, (depth) => [
            loop(
              g.n,
              (j) => {
                const target = position([...outer, j], [...out, 1]);
                const left = k.load(0, dtype, position([...outer, depth], [g.m * g.k, g.a.row, g.a.depth]));
                const right = k.load(
                  1,
                  dtype,
                  position([at(outer, 0), depth, j], [g.k * g.n, g.b.depth, g.b.column]),
                );
                return [store(2, dtype, target, k.add(k.load(2, dtype, target), k.mul(left, right)))];
              },
              true,
            ),
          ]),
        ];
      }),
  };
}
