import { type Expr, type Index, k, registerOf } from '../../graph/kernel/expr.ts';
import {
  accumulator,
  assign,
  clear,
  type LoopProgram,
  loops,
  position,
  type Statement,
  store,
  when,
} from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type HostValue, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { rowMajorStrides, type Shape, sizeOf } from '../../util/shapes.ts';
import { batchedInputs, foldBatch, unfoldBatch } from '../batching.ts';
import { applicable } from '../define.ts';
import { forEachPair, type PoolAttrs, poolShape, tapPlace } from './pool-windows.ts';

const selectPrimitive: LoopPrimitive<PoolAttrs> = {
  kind: 'loops',
  name: 'poolSelect',
  infer: ([keys, values], attrs) => {
    invariant(keys && values, 'poolSelect without inputs');
    return { shape: poolShape(keys.shape, attrs), dtype: values.dtype };
  },
  gradient: ({ inputs: [keys], cotangent, attrs }) => {
    invariant(keys, 'poolSelect without keys');
    return [null, poolScatter(keys, cotangent, attrs)];
  },
  batch: (context) => {
    const [keys, values] = batchedInputs(context).map(foldBatch);
    invariant(keys && values, 'poolSelect without inputs');
    return unfoldBatch(poolSelect(keys, values, context.attrs), context.size);
  },
  reference: ([keys, values], attrs, output) => {
    invariant(keys && values, 'poolSelect without inputs');
    return Float64Array.from(winners(keys, output.shape, attrs), (flat) => values.data[flat] ?? 0);
  },
  lower: ([keys, values], attrs, output) => {
    invariant(keys && values, 'poolSelect without inputs');
    return lowerWinners(keys, attrs, output, (outputIndex, winner) => [
      store(2, output.dtype, outputIndex, k.load(1, values.dtype, winner)),
    ]);
  },
};

/**
 * The value at the largest key of every window (the first of equal ones; a NaN key wins).
 * Max pooling is the case keys = values. No gradient flows to the keys.
 */
export const poolSelect = applicable(selectPrimitive, (keys: Node, values: Node, attrs: PoolAttrs) =>
  apply(selectPrimitive, [keys, values], attrs),
);

const scatterPrimitive: LoopPrimitive<PoolAttrs> = {
  kind: 'loops',
  name: 'poolScatter',
  infer: ([keys, values]) => {
    invariant(keys && values, 'poolScatter without inputs');
    return { shape: keys.shape, dtype: values.dtype };
  },
  gradient: ({ inputs: [keys], cotangent, attrs }) => {
    invariant(keys, 'poolScatter without keys');
    return [null, poolSelect(keys, cotangent, attrs)];
  },
  batch: (context) => {
    const [keys, values] = batchedInputs(context).map(foldBatch);
    invariant(keys && values, 'poolScatter without inputs');
    return unfoldBatch(poolScatter(keys, values, context.attrs), context.size);
  },
  reference: ([keys, values], attrs, output) => {
    invariant(keys && values, 'poolScatter without inputs');
    const result = new Float64Array(sizeOf(output.shape));
    winners(keys, values.shape, attrs).forEach((flat, window) => {
      if (flat >= 0) result[flat] = at(result, flat) + at(values.data, window);
    });
    return result;
  },
  lower: ([keys, values], attrs, output) => {
    invariant(keys && values, 'poolScatter without inputs');
    const program = lowerWinners(keys, attrs, values, (inputIndex, winner) => [
      store(
        2,
        output.dtype,
        winner,
        k.add(k.load(2, output.dtype, winner), k.load(1, values.dtype, inputIndex)),
      ),
    ]);
    return {
      ...program,
      body: (first, rows) => [
        clear(2, output.dtype, k.mul(rows, k.int(sizeOf(output.shape.slice(1))))),
        ...program.body(first, rows),
      ],
    };
  },
};

/** The transpose of `poolSelect` in its values: sends each window's value to the place of its largest key. */
export const poolScatter = applicable(scatterPrimitive, (keys: Node, values: Node, attrs: PoolAttrs) =>
  apply(scatterPrimitive, [keys, values], attrs),
);

/** For every window the flat position of its first largest key. */
function winners(keys: HostValue, output: Shape, attrs: PoolAttrs): Int32Array {
  const best = new Int32Array(sizeOf(output)).fill(-1);
  forEachPair(keys.shape, output, attrs, (outputFlat, inputFlat) => {
    const current = at(best, outputFlat);
    const key = at(keys.data, inputFlat);
    if (current < 0 || key > at(keys.data, current) || Number.isNaN(key)) best[outputFlat] = inputFlat;
  });
  return best;
}

/** Loops over windows, finds the winning key of each, and runs `use` with the window's and the winner's place. */
function lowerWinners(
  keys: Aval,
  attrs: PoolAttrs,
  windows: Aval,
  use: (windowIndex: Index, winner: Index) => Statement[],
): LoopProgram {
  return {
    extent: at(keys.shape, 0),
    inputs: ['rows', 'rows'],
    output: 'rows',
    body: (_first, rows) =>
      loops([rows, ...windows.shape.slice(1)], (place) => {
        const best = accumulator(registerOf(keys.dtype));
        const winner = accumulator('i32');
        const search = loops(attrs.window, (tap) => {
          const { input, inside } = tapPlace(place, tap, keys.shape, attrs);
          const key = k.load(0, keys.dtype, input);
          const unset = k.lt(k.read(winner), k.int(0));
          const better = k.or(unset, k.or(k.lt(k.read(best), key), k.ne(key, key)));
          return [when(inside, [when(better, [assign(best, key), assign(winner, flatten(input))])])];
        });
        const windowIndex = position(place, rowMajorStrides(windows.shape));
        const winnerIndex = { constant: 0, terms: [], dynamic: k.read(winner) };
        return [
          assign(winner, k.int(-1)),
          assign(best, k.constant(best.register, 0)),
          ...search,
          ...use(windowIndex, winnerIndex),
        ];
      }),
  };
}

/** An index as an i32 expression. */
function flatten(index: Index): Expr {
  return index.terms.reduce<Expr>(
    (sum, { variable, stride }) => k.add(sum, k.mul(k.read(variable), k.int(stride))),
    k.int(index.constant),
  );
}
