import { k, registerOf } from '../../graph/kernel/expr.ts';
import { loop, position, store, when } from '../../graph/kernel/loops.ts';
import type { Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { type DType, isFloat } from '../../util/dtypes.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { applicable } from '../define.ts';
import { cast, div, full, select } from '../elementwise/arithmetic.ts';
import { and, eq } from '../elementwise/compare.ts';
import { batchScatter, insideOf, insideRows, type ScatterAttrs, scatterAdd, take } from './take.ts';

/** What a row without updates holds: the least value of the dtype. */
function least(dtype: DType): number {
  if (isFloat(dtype)) return -Infinity;
  return dtype === 'int32' ? -(2 ** 31) : 0;
}

const scatterMaxPrimitive: LoopPrimitive<ScatterAttrs> = {
  kind: 'loops',
  name: 'scatterMax',
  infer: ([indices, updates], { rows }) => {
    invariant(indices?.dtype === 'int32' && updates, 'scatterMax wants int32 indices and updates');
    invariant(updates.dtype !== 'bool', 'scatterMax of bool');
    return { shape: [rows, ...updates.shape.slice(indices.shape.length)], dtype: updates.dtype };
  },
  gradient: ({ inputs: [indices, updates], output, cotangent }) => {
    invariant(indices && updates, 'scatterMax without inputs');
    const rows = at(output.shape, 0);
    const inside = insideOf(indices, updates, rows);
    const hit = and(inside, eq(updates, take(output, indices)));
    const ties = scatterAdd(indices, cast(hit, updates.dtype), rows);
    const share = take(div(cotangent, ties), indices);
    return [null, select(hit, share, full(updates, 0))];
  },
  batch: (context) => batchScatter(scatterMax, context),
  reference: ([indices, updates], { rows }, output) => {
    invariant(indices && updates, 'scatterMax without inputs');
    const result = new Float64Array(sizeOf(output.shape)).fill(least(output.dtype));
    const rowSize = sizeOf(output.shape.slice(1));
    updates.data.forEach((value, flat) => {
      const row = at(indices.data, Math.floor(flat / rowSize));
      const target = row * rowSize + (flat % rowSize);
      if (row >= 0 && row < rows) result[target] = Math.max(at(result, target), value);
    });
    return result;
  },
  lower: ([indices], { rows }, { dtype, shape }) => {
    invariant(indices, 'scatterMax without inputs');
    const rowSize = sizeOf(shape.slice(1));
    const empty = k.constant(registerOf(dtype), least(dtype));
    return {
      extent: 1,
      inputs: ['whole', 'whole'],
      output: 'whole',
      body: () => [
        loop(rows * rowSize, (j) => [store(2, dtype, position([j], [1]), empty)], true),
        loop(sizeOf(indices.shape), (i) => {
          const row = k.load(0, 'int32', position([i], [1]));
          const base = k.mul(row, k.int(rowSize));
          const join = loop(
            rowSize,
            (j) => {
              const target = position([j], [1], 0, base);
              const update = k.load(1, dtype, position([i, j], [rowSize, 1]));
              return [store(2, dtype, target, k.max(k.load(2, dtype, target), update))];
            },
            true,
          );
          return [when(insideRows(row, rows), [join])];
        }),
      ],
    };
  },
};

/**
 * The largest of all update rows with the same index, element by element; NaN if any is NaN. Rows outside [0, rows) are
 * dropped; a row without updates holds the least value of the dtype. Ties share the gradient.
 * Indices [...i], updates [...i, ...row], result [rows, ...row].
 */
export const scatterMax = applicable(scatterMaxPrimitive, (indices: Node, updates: Node, rows: number) =>
  apply(scatterMaxPrimitive, [indices, updates], { rows }),
);
