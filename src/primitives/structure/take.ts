import { type Expr, k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import { clear, type LoopProgram, loop, position, store, when } from '../../graph/kernel/loops.ts';
import type { Node } from '../../graph/node.ts';
import { apply, type BatchContext, type LoopPrimitive } from '../../graph/primitive.ts';
import { isFloat } from '../../util/dtypes.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { batchedInput, foldBatch, moveAxis } from '../batching.ts';
import { applicable } from '../define.ts';
import { add, full, mul, select } from '../elementwise/arithmetic.ts';
import { and, le, lt } from '../elementwise/compare.ts';
import { iota } from '../random.ts';
import { broadcastTo, reshape } from './views.ts';

export type ScatterAttrs = { readonly rows: number };

const takePrimitive: LoopPrimitive = {
  kind: 'loops',
  name: 'take',
  infer: ([x, indices]) => {
    invariant(x && indices?.dtype === 'int32' && x.shape.length > 0, 'take wants an axis and int32 indices');
    return { shape: [...indices.shape, ...x.shape.slice(1)], dtype: x.dtype };
  },
  gradient: ({ inputs: [x, indices], cotangent }) => {
    invariant(x && indices, 'take without inputs');
    return [scatterAdd(indices, cotangent, at(x.shape, 0)), null];
  },
  batch: (context) => {
    const [x, indices] = [at(context.inputs, 0), at(context.inputs, 1)];
    if (!context.isBatched[0]) return take(x, indices);
    if (!context.isBatched[1]) return moveAxis(take(moveAxis(x, 0, 1), indices), indices.shape.length, 0);
    return take(foldBatch(x), rowsOfBatch(indices, at(x.shape, 1)));
  },
  reference: ([x, indices], _attrs, output) => {
    invariant(x && indices, 'take without inputs');
    const rowSize = sizeOf(x.shape.slice(1));
    const outside = isFloat(x.dtype) ? Number.NaN : 0;
    return Float64Array.from({ length: sizeOf(output.shape) }, (_, flat) => {
      const row = at(indices.data, Math.floor(flat / rowSize));
      return row >= 0 && row < at(x.shape, 0) ? at(x.data, row * rowSize + (flat % rowSize)) : outside;
    });
  },
  lower: ([x, indices], _attrs, output) => {
    invariant(x && indices, 'take without inputs');
    const rowSize = sizeOf(x.shape.slice(1));
    const register = registerOf(x.dtype);
    return overIndices(sizeOf(indices.shape), ['whole', 'rows'], 'rows', (row, i) => {
      const copy = (value: (j: Variable) => Expr) =>
        loop(rowSize, (j) => [store(2, output.dtype, position([i, j], [rowSize, 1]), value(j))], true);
      const inside = insideRows(row, at(x.shape, 0));
      const fill = copy(() => k.constant(register, isFloat(x.dtype) ? Number.NaN : 0));
      const base = k.mul(row, k.int(rowSize));
      return [fill, when(inside, [copy((j) => k.load(0, x.dtype, position([j], [1], 0, base)))])];
    });
  },
};

/**
 * Rows of x: [n, ...row] and int32 indices [...i] to [...i, ...row].
 * An index outside [0, n) gives a row of NaN (zeros for integers).
 */
export const take = applicable(takePrimitive, (x: Node, indices: Node) => apply(takePrimitive, [x, indices]));

const scatterAddPrimitive: LoopPrimitive<ScatterAttrs> = {
  kind: 'loops',
  name: 'scatterAdd',
  infer: ([indices, updates], { rows }) => {
    invariant(indices?.dtype === 'int32' && updates, 'scatterAdd wants int32 indices and updates');
    return { shape: [rows, ...updates.shape.slice(indices.shape.length)], dtype: updates.dtype };
  },
  gradient: ({ inputs: [indices], cotangent }) => {
    invariant(indices, 'scatterAdd without indices');
    const rows = take(cotangent, indices);
    return [null, select(insideOf(indices, rows, at(cotangent.shape, 0)), rows, full(rows, 0))];
  },
  batch: (context) => batchScatter(scatterAdd, context),
  reference: ([indices, updates], { rows }, output) => {
    invariant(indices && updates, 'scatterAdd without inputs');
    const result = new Float64Array(sizeOf(output.shape));
    const rowSize = sizeOf(output.shape.slice(1));
    updates.data.forEach((value, flat) => {
      const row = at(indices.data, Math.floor(flat / rowSize));
      const target = row * rowSize + (flat % rowSize);
      if (row >= 0 && row < rows) result[target] = at(result, target) + value;
    });
    return result;
  },
  lower: ([indices, updates], { rows }, output) => {
    invariant(indices && updates, 'scatterAdd without inputs');
    const rowSize = sizeOf(output.shape.slice(1));
    const { dtype } = output;
    const count = sizeOf(indices.shape);
    return {
      extent: 1,
      inputs: ['whole', 'whole'],
      output: 'whole',
      body: () => [
        clear(2, dtype, k.int(rows * rowSize)),
        loop(count, (i) => {
          const row = k.load(0, 'int32', position([i], [1]));
          const base = k.mul(row, k.int(rowSize));
          const add = loop(
            rowSize,
            (j) => {
              const target = position([j], [1], 0, base);
              const update = k.load(1, dtype, position([i, j], [rowSize, 1]));
              return [store(2, dtype, target, k.add(k.load(2, dtype, target), update))];
            },
            true,
          );
          return [when(insideRows(row, rows), [add])];
        }),
      ],
    };
  },
};

/**
 * The transpose of `take`: adds update row i to result row indices[i]; rows outside [0, rows) are dropped.
 * Indices [...i], updates [...i, ...row], result [rows, ...row]. Equal indices add up in their order.
 */
export const scatterAdd = applicable(scatterAddPrimitive, (indices: Node, updates: Node, rows: number) =>
  apply(scatterAddPrimitive, [indices, updates], { rows }),
);

/** Row numbers [batch, ...i] of many blocks as those of the blocks one after the other; those outside stay outside. */
function rowsOfBatch(indices: Node, rows: number): Node {
  const inside = and(le(full(indices, 0), indices), lt(indices, full(indices, rows)));
  const block = reshape(
    iota(at(indices.shape, 0)),
    indices.shape.map((extent, axis) => (axis === 0 ? extent : 1)),
  );
  const first = mul(broadcastTo(block, indices.shape), full(indices, rows));
  return select(inside, add(first, indices), full(indices, -1));
}

/** The batching rule of everything that collects update rows. */
export function batchScatter(
  scatter: (indices: Node, updates: Node, rows: number) => Node,
  context: BatchContext<ScatterAttrs>,
): Node {
  const { inputs, isBatched, size, attrs } = context;
  const indices = at(inputs, 0);
  if (!isBatched[0]) {
    const updates = moveAxis(at(inputs, 1), 0, indices.shape.length);
    return moveAxis(scatter(indices, updates, attrs.rows), 1, 0);
  }
  const collected = scatter(rowsOfBatch(indices, attrs.rows), batchedInput(context, 1), size * attrs.rows);
  return reshape(collected, [size, attrs.rows, ...collected.shape.slice(1)]);
}

/** For each element of the rows taken, whether its index was inside. */
export function insideOf(indices: Node, { shape }: Node, rows: number): Node {
  const inside = and(le(full(indices, 0), indices), lt(indices, full(indices, rows)));
  return broadcastTo(
    reshape(
      inside,
      shape.map((extent, axis) => (axis < indices.shape.length ? extent : 1)),
    ),
    shape,
  );
}

/** Whether a row number is inside, as an expression. */
export function insideRows(row: Expr, rows: number): Expr {
  return k.and(k.le(k.int(0), row), k.lt(row, k.int(rows)));
}

function overIndices(
  count: number,
  inputs: LoopProgram['inputs'],
  output: LoopProgram['output'],
  body: (row: Expr, i: Variable) => ReturnType<LoopProgram['body']>,
): LoopProgram {
  return {
    extent: count,
    inputs,
    output,
    body: (_first, rows) => [loop(rows, (i) => body(k.load(1, 'int32', position([i], [1])), i))],
  };
}
