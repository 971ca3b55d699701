import { k, type Variable } from '../../graph/kernel/expr.ts';
import type { Statement } from '../../graph/kernel/loops.ts';
import { countWork, type Work } from '../../graph/kernel/work.ts';
import type { Node } from '../../graph/node.ts';
import { bytesPerElement } from '../../util/dtypes.ts';
import { byteSize } from '../memory/places.ts';
import type { Kernel, LoopBody, Operand } from '../schedule/kernel.ts';

/** What one round of a kernel does. */
export interface KernelWork {
  readonly flops: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

const FIRST: Variable = { name: 'first', register: 'i32' };
const ROWS: Variable = { name: 'rows', register: 'i32' };

/** The statements of a kernel over rows `first` to `first + rows - 1`. */
export function statementsOf(body: Pick<LoopBody, 'statements'>): readonly Statement[] {
  return body.statements(k.read(FIRST), k.read(ROWS));
}

function workOf(statements: readonly Statement[], rows: number): Work {
  return countWork(
    statements,
    new Map([
      [FIRST, 0],
      [ROWS, rows],
    ]),
  );
}

/** FLOPs and bytes of a kernel over all its rows. */
export function kernelWork(kernel: Kernel): KernelWork {
  const { body, extent, operands } = kernel;
  if (body.kind === 'native') {
    const whole = (mode: Operand['mode']) => traffic(operands, mode, () => Number.POSITIVE_INFINITY);
    const flops = kernel.results.reduce((sum, node) => sum + definedFlops(node), 0);
    return { flops, bytesRead: whole('read'), bytesWritten: whole('write') };
  }
  const { flops, loads, stores } = workOf(statementsOf(body), extent);
  return {
    flops,
    bytesRead: traffic(operands, 'read', (operand) => loads.get(operand) ?? 0),
    bytesWritten: traffic(operands, 'write', (operand) => stores.get(operand) ?? 0),
  };
}

/** A buffer counts once however often it is touched, and only as far as it is. */
function traffic(
  operands: readonly Operand[],
  mode: Operand['mode'],
  touched: (operand: number) => number,
): number {
  const bytes = new Map<Operand['buffer'], number>();
  operands.forEach((operand, i) => {
    if (operand.mode !== mode) return;
    const { buffer } = operand;
    const some = (bytes.get(buffer) ?? 0) + touched(i) * bytesPerElement(buffer.dtype);
    bytes.set(buffer, Math.min(byteSize(buffer), some));
  });
  return [...bytes.values()].reduce((sum, some) => sum + some, 0);
}

/** What a node computes by definition, in the primitive's own loops: the same whatever algorithm a tuned kernel uses. */
function definedFlops(node: Node): number {
  const { primitive, inputs, attrs } = node;
  if (primitive.kind !== 'loops') return 0;
  const { body, extent } = primitive.lower(inputs, attrs, node);
  return workOf(statementsOf({ statements: body }), extent).flops;
}
