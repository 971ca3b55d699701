import { k } from '../../graph/kernel/expr.ts';
import { type LoopProgram, loop, loops, position, store } from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { batchedInputs } from '../batching.ts';
import { applicable } from '../define.ts';
import { slice } from './views.ts';

type ConcatAttrs = { readonly axis: number };

/** Elements of one input that lie together: those at and behind the axis. */
function blockSize(aval: Aval, axis: number): number {
  return sizeOf(aval.shape.slice(axis));
}

const concatPrimitive: LoopPrimitive<ConcatAttrs> = {
  kind: 'loops',
  name: 'concat',
  infer: (inputs, { axis }) => {
    const first = at(inputs, 0);
    const extent = inputs.reduce((sum, { shape }) => sum + at(shape, axis), 0);
    return { shape: first.shape.map((size, i) => (i === axis ? extent : size)), dtype: first.dtype };
  },
  gradient: ({ inputs, cotangent, attrs: { axis }, wants }) => {
    let offset = 0;
    return inputs.map((input, i) => {
      const start = input.shape.map((_, a) => (a === axis ? offset : 0));
      offset += at(input.shape, axis);
      return wants(i)
        ? slice(cotangent, { start, step: input.shape.map(() => 1), shape: input.shape })
        : null;
    });
  },
  batch: (context) => concat(batchedInputs(context), context.attrs.axis + 1),
  reference: (inputs, { axis }, output) => {
    const result = new Float64Array(sizeOf(output.shape));
    const outer = sizeOf(output.shape.slice(0, axis));
    let target = 0;
    for (let row = 0; row < outer; row++) {
      for (const input of inputs) {
        const size = blockSize(input, axis);
        result.set(input.data.subarray(row * size, (row + 1) * size), target);
        target += size;
      }
    }
    return result;
  },
  lower: (inputs, { axis }, output) => lowerConcat(inputs, axis, output),
};

/** Joins values along an axis. All have the same dtype and agree on the other extents. */
export const concat = applicable(concatPrimitive, (inputs: readonly Node[], axis: number) => {
  const [first] = inputs;
  invariant(first, 'concat of nothing');
  return inputs.length === 1 ? first : apply(concatPrimitive, inputs, { axis });
});

function lowerConcat(inputs: readonly Aval[], axis: number, output: Aval): LoopProgram {
  const access = axis > 0 ? 'rows' : 'whole';
  const target = inputs.length;
  const rowSize = blockSize(output, axis);
  return {
    extent: axis > 0 ? at(output.shape, 0) : 1,
    inputs: inputs.map(() => access),
    output: access,
    body(_first, rows) {
      const outer = axis > 0 ? k.mul(rows, k.int(sizeOf(output.shape.slice(1, axis)))) : k.int(1);
      let offset = 0;
      return inputs.flatMap((input, buffer) => {
        const size = blockSize(input, axis);
        const from = offset;
        offset += size;
        return loops([outer], ([row]) => {
          invariant(row, 'a row');
          const copy = loop(
            size,
            (i) => [
              store(
                target,
                output.dtype,
                position([row, i], [rowSize, 1], from),
                k.load(buffer, input.dtype, position([row, i], [size, 1])),
              ),
            ],
            true,
          );
          return [copy];
        });
      });
    },
  };
}
