import { k, registerOf } from '../../graph/kernel/expr.ts';
import {
  accumulator,
  assign,
  type LoopProgram,
  loop,
  loops,
  position,
  store,
  when,
} from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { batchedInput } from '../batching.ts';
import { applicable } from '../define.ts';
import { type AxisAttrs, along, walk } from './cumulative.ts';

const cumulativeArgmaxPrimitive: LoopPrimitive<AxisAttrs> = {
  kind: 'loops',
  name: 'cumulativeArgmax',
  infer: ([x]) => {
    invariant(x && x.dtype !== 'bool', 'cumulativeArgmax wants numbers');
    return { shape: x.shape, dtype: 'int32' };
  },
  gradient: () => [null],
  batch: (context) => cumulativeArgmax(batchedInput(context, 0), context.attrs.axis + 1),
  reference: ([x], { axis }, output) => {
    invariant(x, 'cumulativeArgmax without input');
    const { extent, inner } = along(output.shape, axis);
    const winners = new Float64Array(x.data.length);
    walk(output, axis, (flat, previous) => {
      const place = Math.floor(flat / inner) % extent;
      const best = previous < 0 ? place : at(winners, previous);
      const [champion, challenger] = [at(x.data, flat + (best - place) * inner), at(x.data, flat)];
      const wins = challenger > champion || (Number.isNaN(challenger) && !Number.isNaN(champion));
      winners[flat] = wins ? place : best;
    });
    return winners;
  },
  lower: ([x], attrs, output) => {
    invariant(x, 'cumulativeArgmax without input');
    return lowerCumulativeArgmax(x, attrs, output);
  },
};

/** Place along an axis of the largest element up to and including each, as int32; the first of equals, a NaN wins. */
export const cumulativeArgmax = applicable(cumulativeArgmaxPrimitive, (x: Node, axis: number) =>
  apply(cumulativeArgmaxPrimitive, [x], { axis }),
);

function lowerCumulativeArgmax({ dtype }: Aval, { axis }: AxisAttrs, { shape }: Aval): LoopProgram {
  const { outer, extent, inner } = along(shape, axis);
  const access = axis > 0 ? 'rows' : 'whole';
  const strides = [extent * inner, 1, inner];
  return {
    extent: axis > 0 ? outer : 1,
    inputs: [access],
    output: access,
    body: (_first, rows) =>
      loops([rows, inner], (line) => {
        const [best, winner] = [accumulator(registerOf(dtype)), accumulator('i32')];
        const visit = loop(extent, (i) => {
          const place = () => position([...line, i], strides);
          const key = k.load(0, dtype, place());
          const isFirst = k.eq(k.read(i), k.int(0));
          const isFirstNan = k.and(k.ne(key, key), k.eq(k.read(best), k.read(best)));
          const wins = k.or(isFirst, k.or(k.lt(k.read(best), key), isFirstNan));
          return [
            when(wins, [assign(best, k.load(0, dtype, place())), assign(winner, k.read(i))]),
            store(1, 'int32', place(), k.read(winner)),
          ];
        });
        return [assign(best, k.constant(best.register, 0)), assign(winner, k.int(0)), visit];
      }),
  };
}
