import { k, registerOf } from '../../../graph/kernel/expr.ts';
import { accumulator, counterVariable, loop, position, store } from '../../../graph/kernel/loops.ts';
import type { ReducePrimitive } from '../../../graph/primitive.ts';
import { invariant } from '../../../util/errors.ts';
import type { Buffer, Kernel, Operand } from '../kernel.ts';
import type { Chunking } from './chunks.ts';

/** Gives every chunk its own copy of what it sums up, and adds the kernels that make one of the copies. */
export function separatePartials(
  kernels: readonly Kernel[],
  chunking: ReadonlyMap<number, Chunking>,
): Kernel[] {
  return kernels.flatMap((kernel) => {
    const chunks = chunking.get(kernel.extent)?.chunks ?? 1;
    const joins: Kernel[] = [];
    const operands = kernel.operands.map((operand): Operand => {
      if (operand.access !== 'partial') return operand;
      if (chunks <= 1) return { buffer: operand.buffer, access: 'whole', mode: operand.mode };
      invariant(operand.combine, 'partial results are combined somehow');
      const { name, dtype, size } = operand.buffer;
      const copies: Buffer = { name: `${name}.partials`, dtype, size: size * chunks };
      joins.push(joinKernel(copies, operand.buffer, chunks, operand.combine));
      return { ...operand, buffer: copies };
    });
    return [{ ...kernel, operands }, ...joins];
  });
}

/** result[i] = copies[0][i] + copies[1][i] + ..., in this order. */
function joinKernel(copies: Buffer, result: Buffer, chunks: number, primitive: ReducePrimitive): Kernel {
  const { dtype, size } = result;
  return {
    kind: 'kernel',
    name: `join ${primitive.name}`,
    results: [],
    extent: size,
    operands: [
      { buffer: copies, access: 'whole', mode: 'read' },
      { buffer: result, access: 'rows', mode: 'write' },
    ],
    costPerRow: chunks,
    body: {
      kind: 'loops',
      statements: (first, rows) => [
        loop(
          rows,
          (element) => {
            const copy = counterVariable();
            const total = accumulator(registerOf(dtype));
            const value = k.load(0, dtype, position([copy, element], [size, 1], 0, first));
            const loops = [{ variable: copy, extent: k.int(chunks) }];
            const identity = primitive.identity(dtype);
            return [
              { kind: 'fold', target: total, identity, loops, value, combine: primitive.lowerCombine },
              store(1, dtype, position([element], [1]), k.read(total)),
            ];
          },
          true,
        ),
      ],
    },
  };
}
