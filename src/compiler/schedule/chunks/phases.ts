import { at, lookup } from '../../../util/errors.ts';
import type { Branch, Buffer, Counter, Kernel, Loop, Step } from '../kernel.ts';
import { type Chunking, chooseChunks } from './chunks.ts';
import { separatePartials } from './partials.ts';

/** Kernels over the same rows, run one after the other for each chunk of rows, without waiting for other chunks. */
export interface Region extends Chunking {
  readonly extent: number;
  readonly kernels: readonly Kernel[];
}

/** Phases run again and again. */
export interface LoopBlock {
  readonly kind: 'loop';
  readonly counter: Counter;
  readonly condition?: { readonly phases: readonly Phase[]; readonly result: Buffer };
  readonly phases: readonly Phase[];
  readonly lasting: readonly Buffer[];
}

/** One of two lists of phases. */
export interface BranchBlock {
  readonly kind: 'branch';
  readonly condition: Buffer;
  readonly branches: readonly (readonly Phase[])[];
  readonly lasting: readonly Buffer[];
}

export type Block = LoopBlock | BranchBlock;

/** Regions that do not depend on each other; all threads wait for each other behind them. Then come the blocks, one by one. */
export interface Phase {
  readonly regions: readonly Region[];
  readonly blocks: readonly Block[];
}

/** A step that touched a buffer, and when. */
interface Use {
  readonly step: Step;
  readonly phase: number;
}

/**
 * Puts each step into the earliest phase that finds its operands ready. A kernel joins the phase of an operand's writer
 * where both go over the same rows: the rows are then still in the cache, and no thread waits.
 */
export function makePhases(list: readonly Step[]): Phase[] {
  const chunking = chooseChunks(list.filter(isKernel));
  const steps = list.flatMap((step): Step[] =>
    isKernel(step) ? separatePartials([step], chunking) : [step],
  );
  for (const [extent, chunks] of chooseChunks(steps.filter(isKernel))) {
    if (!chunking.has(extent)) chunking.set(extent, chunks);
  }
  const uses = new Uses();
  const phases: { kernels: Map<number, Kernel[]>; blocks: Block[] }[] = [];
  for (const step of steps) {
    const phase = uses.earliest(step);
    while (phases.length <= phase) phases.push({ kernels: new Map(), blocks: [] });
    const { kernels, blocks } = at(phases, phase);
    if (isKernel(step)) kernels.set(step.extent, [...(kernels.get(step.extent) ?? []), step]);
    else blocks.push(makeBlock(step));
    uses.add(step, phase);
  }
  return phases.map(({ kernels, blocks }) => ({
    regions: [...kernels].map(
      ([extent, group]): Region => ({ extent, ...lookup(chunking, extent), kernels: group }),
    ),
    blocks,
  }));
}

function isKernel(step: Step): step is Kernel {
  return step.kind === 'kernel';
}

function makeBlock(step: Loop | Branch): Block {
  if (step.kind === 'branch') return { ...step, branches: step.branches.map(makePhases) };
  const { condition, counter, lasting } = step;
  const block = { kind: 'loop', counter, lasting, phases: makePhases(step.steps) } as const;
  return condition
    ? { ...block, condition: { phases: makePhases(condition.steps), result: condition.result } }
    : block;
}

/** Every buffer a step touches, or those it writes; a slice stands for the sequence it is taken from. */
function buffersOf(step: Step, mode: 'write' | 'any'): Set<Buffer> {
  if (isKernel(step)) {
    const operands = step.operands.filter((operand) => mode === 'any' || operand.mode === 'write');
    return new Set(operands.map(({ buffer }) => buffer.slice?.of ?? buffer));
  }
  const inner =
    step.kind === 'loop' ? [...(step.condition?.steps ?? []), ...step.steps] : step.branches.flat();
  const buffers = new Set(inner.flatMap((part) => [...buffersOf(part, mode)]));
  if (mode === 'any') for (const buffer of step.lasting) buffers.add(buffer);
  if (mode === 'any' && step.kind === 'branch') buffers.add(step.condition);
  return buffers;
}

/** Who wrote and who read each buffer so far. */
class Uses {
  readonly #writers = new Map<Buffer, Use>();
  readonly #readers = new Map<Buffer, Use[]>();

  /** The first phase in which the step finds what it reads written, and what it overwrites read by all who need it. */
  earliest(step: Step): number {
    const written = buffersOf(step, 'write');
    let phase = 0;
    for (const buffer of buffersOf(step, 'any')) {
      const writer = this.#writers.get(buffer);
      const readers = written.has(buffer) ? (this.#readers.get(buffer) ?? []) : [];
      for (const use of writer ? [writer, ...readers] : readers) {
        phase = Math.max(phase, use.phase + (sameRows(buffer, step, use.step) ? 0 : 1));
      }
    }
    return phase;
  }

  add(step: Step, phase: number): void {
    const written = buffersOf(step, 'write');
    for (const buffer of buffersOf(step, 'any')) {
      if (written.has(buffer)) this.#writers.set(buffer, { step, phase });
      else this.#readers.set(buffer, [...(this.#readers.get(buffer) ?? []), { step, phase }]);
    }
  }
}

/** Whether both go over the same rows of the buffer, and each touches its own row only. */
function sameRows(buffer: Buffer, a: Step, b: Step): boolean {
  if (!isKernel(a) || !isKernel(b) || a.extent !== b.extent) return false;
  const byRows = (kernel: Kernel) =>
    kernel.operands.every(
      (operand) => (operand.buffer.slice?.of ?? operand.buffer) !== buffer || operand.access === 'rows',
    );
  return byRows(a) && byRows(b);
}
