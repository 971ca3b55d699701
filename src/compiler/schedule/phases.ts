import { at, invariant } from '../../util/errors.ts';
import { type Chunking, chooseChunks } from './chunks.ts';
import type { Buffer, Kernel } from './kernel.ts';
import { separatePartials } from './partials.ts';

/** Kernels over the same rows, run one after the other for each chunk of rows, without waiting for other chunks. */
export interface Region extends Chunking {
  readonly extent: number;
  readonly kernels: readonly Kernel[];
}

/** Regions that do not depend on each other; all threads wait for each other behind a phase. */
export interface Phase {
  readonly regions: readonly Region[];
}

/**
 * Puts each kernel into the earliest phase that finds its operands ready. A kernel joins the phase of an operand's writer
 * where both go over the same rows: the rows are then still in the cache, and no thread waits.
 */
export function makePhases(list: readonly Kernel[]): Phase[] {
  const chunking = chooseChunks(list);
  const kernels = separatePartials(list, chunking);
  for (const [extent, chunks] of chooseChunks(kernels)) if (!chunking.has(extent)) chunking.set(extent, chunks);
  const writers = new Map<Buffer, { kernel: Kernel; phase: number }>();
  const phases: Map<number, Kernel[]>[] = [];
  for (const kernel of kernels) {
    const phase = earliestPhase(kernel, writers);
    while (phases.length <= phase) phases.push(new Map());
    const regions = at(phases, phase);
    regions.set(kernel.extent, [...(regions.get(kernel.extent) ?? []), kernel]);
    for (const { buffer, mode } of kernel.operands) if (mode === 'write') writers.set(buffer, { kernel, phase });
  }
  return phases.map((regions) => ({
    regions: [...regions].map(([extent, group]): Region => {
      const chunks = chunking.get(extent);
      invariant(chunks, 'every extent is divided');
      return { extent, ...chunks, kernels: group };
    }),
  }));
}

function earliestPhase(kernel: Kernel, writers: ReadonlyMap<Buffer, { kernel: Kernel; phase: number }>): number {
  let phase = 0;
  for (const { buffer, mode } of kernel.operands) {
    const written = writers.get(buffer);
    if (mode === 'read' && written) phase = Math.max(phase, written.phase + (sameRows(buffer, kernel, written.kernel) ? 0 : 1));
  }
  return phase;
}

/** Whether every row of `reader` needs only the same row of `writer`'s result. */
function sameRows(buffer: Buffer, reader: Kernel, writer: Kernel): boolean {
  const byRows = (kernel: Kernel) =>
    kernel.operands.every((operand) => operand.buffer !== buffer || operand.access === 'rows');
  return reader.extent === writer.extent && byRows(reader) && byRows(writer);
}
