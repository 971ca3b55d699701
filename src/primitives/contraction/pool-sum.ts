import { k } from '../../graph/kernel/expr.ts';
import { clear, type LoopProgram, loop, loops, position, store, when } from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { rowMajorStrides, type Shape, sizeOf } from '../../util/shapes.ts';
import { batchedInput, foldBatch, unfoldBatch } from '../batching.ts';
import { applicable } from '../define.ts';
import { forEachPair, type PoolAttrs, poolShape, tapPlace } from './pool-windows.ts';

type SpreadAttrs = PoolAttrs & { readonly inputShape: Shape };

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
  return {
    extent: at(input, 0),
    inputs: ['rows'],
    output: 'rows',
    body: (_first, rows) => [
      clear(1, dtype, k.mul(rows, k.int(rowSize))),
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
