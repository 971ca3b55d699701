import { type Expr, k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import {
  accumulator,
  assign,
  type LoopProgram,
  loop,
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
import { batchedInput, batchedInputs, foldBatch, unfoldBatch } from '../batching.ts';
import { applicable } from '../define.ts';
import { convExtent } from './conv.ts';
import { forEachPosition } from './positions.ts';

/** One entry a spatial axis of [batch, ...spatial, channels]. Padding is [before, after]; padded places never win and add nothing. */
export type PoolAttrs = {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
};

type SpreadAttrs = PoolAttrs & { readonly inputShape: Shape };

export function poolShape(x: Shape, { window, strides, padding }: PoolAttrs): number[] {
  const spatial = window.map((size, axis) =>
    convExtent(at(x, axis + 1), size, at(strides, axis), 1, at(padding, axis)),
  );
  return [at(x, 0), ...spatial, at(x, -1)];
}

/** Visits every pair of an output element and an input element of its window, windows in order. */
function forEachPair(
  input: Shape,
  output: Shape,
  attrs: PoolAttrs,
  visit: (outputFlat: number, inputFlat: number) => void,
): void {
  const strides = rowMajorStrides(input);
  forEachPosition(output, (place, outputFlat) => {
    forEachPosition(attrs.window, (tap) => {
      let inputFlat = at(place, 0) * at(strides, 0) + at(place, -1);
      for (let axis = 0; axis < tap.length; axis++) {
        const i =
          at(place, axis + 1) * at(attrs.strides, axis) + at(tap, axis) - at(at(attrs.padding, axis), 0);
        if (i < 0 || i >= at(input, axis + 1)) return;
        inputFlat += i * at(strides, axis + 1);
      }
      visit(outputFlat, inputFlat);
    });
  });
}

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
    return lowerPool(keys, attrs, output, (outputIndex, winner) => [
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
    const program = lowerPool(keys, attrs, values, (inputIndex, winner) => [
      store(
        2,
        output.dtype,
        winner,
        k.add(k.load(2, output.dtype, winner), k.load(1, values.dtype, inputIndex)),
      ),
    ]);
    return { ...program, body: (first, rows) => [clear(output, rows), ...program.body(first, rows)] };
  },
};

/** The transpose of `poolSelect` in its values: sends each window's value to the place of its largest key. */
export const poolScatter = applicable(scatterPrimitive, (keys: Node, values: Node, attrs: PoolAttrs) =>
  apply(scatterPrimitive, [keys, values], attrs),
);

const sumPrimitive: LoopPrimitive<PoolAttrs> = {
  kind: 'loops',
  name: 'poolSum',
  infer: ([x], attrs) => {
    invariant(x, 'poolSum without input');
    return { shape: poolShape(x.shape, attrs), dtype: x.dtype };
  },
  gradient: ({ inputs: [x], cotangent, attrs }) => [
    x ? poolSpread(cotangent, { ...attrs, inputShape: x.shape }) : null,
  ],
  batch: (context) => unfoldBatch(poolSum(foldBatch(batchedInput(context, 0)), context.attrs), context.size),
  reference: ([x], attrs, output) => {
    invariant(x, 'poolSum without input');
    const result = new Float64Array(sizeOf(output.shape));
    forEachPair(x.shape, output.shape, attrs, (o, i) => {
      result[o] = at(result, o) + at(x.data, i);
    });
    return result;
  },
  lower: ([x], attrs, output) => {
    invariant(x, 'poolSum without input');
    return lowerWindowSum(x.shape, output.shape, attrs, output, 'output');
  },
};

/** The sum over every window. */
export const poolSum = applicable(sumPrimitive, (x: Node, attrs: PoolAttrs) =>
  apply(sumPrimitive, [x], attrs),
);

const spreadPrimitive: LoopPrimitive<SpreadAttrs> = {
  kind: 'loops',
  name: 'poolSpread',
  infer: ([y], { inputShape }) => {
    invariant(y, 'poolSpread without input');
    return { shape: inputShape, dtype: y.dtype };
  },
  gradient: ({ cotangent, attrs: { window, strides, padding } }) => [
    poolSum(cotangent, { window, strides, padding }),
  ],
  batch: (context) => {
    const { size, attrs } = context;
    const inputShape = attrs.inputShape.with(0, size * at(attrs.inputShape, 0));
    return unfoldBatch(poolSpread(foldBatch(batchedInput(context, 0)), { ...attrs, inputShape }), size);
  },
  reference: ([y], attrs, output) => {
    invariant(y, 'poolSpread without input');
    const result = new Float64Array(sizeOf(output.shape));
    forEachPair(output.shape, y.shape, attrs, (o, i) => {
      result[i] = at(result, i) + at(y.data, o);
    });
    return result;
  },
  lower: ([y], attrs, output) => {
    invariant(y, 'poolSpread without input');
    return lowerWindowSum(output.shape, y.shape, attrs, output, 'input');
  },
};

/** The transpose of `poolSum`: adds each window's value to all its places. */
export const poolSpread = applicable(spreadPrimitive, (y: Node, attrs: SpreadAttrs) =>
  apply(spreadPrimitive, [y], attrs),
);

function clear({ shape, dtype }: Aval, rows: Expr): Statement {
  const rowSize = sizeOf(shape.slice(1));
  return loop(
    k.mul(rows, k.int(rowSize)),
    (i) => [store(2, dtype, position([i], [1]), k.constant(registerOf(dtype), 0))],
    true,
  );
}

interface WindowPlaces {
  readonly input: ReturnType<typeof position>;
  readonly inside: Expr;
}

/** Position of a window's tap in the input, and whether it is inside. */
function tapPlace(
  place: readonly Variable[],
  tap: readonly Variable[],
  input: Shape,
  attrs: PoolAttrs,
): WindowPlaces {
  const strides = rowMajorStrides(input);
  const spatial = strides.slice(1, -1);
  const low = attrs.padding.map(([before]) => before);
  const inside = tap
    .map((t, axis) => {
      const scaled = k.mul(k.read(at(place, axis + 1)), k.int(at(attrs.strides, axis)));
      const i = k.add(scaled, k.sub(k.read(t), k.int(at(low, axis))));
      return k.and(k.le(k.int(0), i), k.lt(i, k.int(at(input, axis + 1))));
    })
    .reduce((a, b) => k.and(a, b));
  const scaledStrides = [at(strides, 0), ...spatial.map((s, axis) => s * at(attrs.strides, axis)), 1];
  const index = position(
    [...place, ...tap],
    [...scaledStrides, ...spatial],
    -spatial.reduce((sum, s, axis) => sum + s * at(low, axis), 0),
  );
  return { input: index, inside };
}

/** Loops over windows, finds the winning key of each, and runs `use` with the window's and the winner's place. */
function lowerPool(
  keys: Aval,
  attrs: PoolAttrs,
  windows: Aval,
  use: (windowIndex: ReturnType<typeof position>, winner: ReturnType<typeof position>) => Statement[],
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
function flatten(index: ReturnType<typeof position>): Expr {
  return index.terms.reduce<Expr>(
    (sum, { variable, stride }) => k.add(sum, k.mul(k.read(variable), k.int(stride))),
    k.int(index.constant),
  );
}

/** Adds over windows, into the window (`output`) or from it into its places (`input`). */
function lowerWindowSum(
  input: Shape,
  output: Shape,
  attrs: PoolAttrs,
  target: Aval,
  into: 'output' | 'input',
): LoopProgram {
  const buffer = (role: 'output' | 'input') => (role === into ? 1 : 0);
  const { dtype } = target;
  const rowSize = sizeOf(target.shape.slice(1));
  const zero = k.constant(registerOf(dtype), 0);
  return {
    extent: at(input, 0),
    inputs: ['rows'],
    output: 'rows',
    body: (_first, rows) => [
      loop(k.mul(rows, k.int(rowSize)), (i) => [store(1, dtype, position([i], [1]), zero)], true),
      ...loops([rows, ...output.slice(1, -1), ...attrs.window], (outer) => {
        const rank = attrs.window.length;
        const place = outer.slice(0, rank + 1);
        const body = loop(
          at(output, -1),
          (channel) => {
            const all = [...place, channel];
            const windowIndex = position(all, rowMajorStrides(output));
            const { input: inputIndex } = tapPlace(all, outer.slice(rank + 1), input, attrs);
            const [to, from] = into === 'output' ? [windowIndex, inputIndex] : [inputIndex, windowIndex];
            return [
              store(
                1,
                dtype,
                to,
                k.add(
                  k.load(1, dtype, to),
                  k.load(buffer(into === 'output' ? 'input' : 'output'), dtype, from),
                ),
              ),
            ];
          },
          true,
        );
        return [when(tapPlace(place, outer.slice(rank + 1), input, attrs).inside, [body])];
      }),
    ],
  };
}
