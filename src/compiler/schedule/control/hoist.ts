import type { Buffer, Kernel, Step } from '../kernel.ts';

/** The steps of a loop: what gives the same in every round, to be done once before it, and the rest. */
export interface Hoisted {
  readonly before: readonly Kernel[];
  readonly inside: readonly Step[];
  /** What the steps before write and the loop goes on reading. */
  readonly results: readonly Buffer[];
}

/**
 * Takes out of a loop the kernels that read nothing a round changes: panels of constant matrices are packed once.
 * @param changing buffers with a value of their own in each round, or that must be written inside
 */
export function hoistInvariant(steps: readonly Step[], changing: ReadonlySet<Buffer>): Hoisted {
  const before: Kernel[] = [];
  const inside: Step[] = [];
  const moving = new Set(changing);
  const writers = countWriters(steps);
  const isMoving = (buffer: Buffer) =>
    buffer.slice !== undefined || moving.has(buffer) || (writers.get(buffer) ?? 0) > 1;
  for (const step of steps) {
    if (step.kind === 'kernel' && !step.operands.some(({ buffer }) => isMoving(buffer))) {
      before.push(step);
    } else {
      inside.push(step);
      for (const buffer of writtenBy(step)) moving.add(buffer);
    }
  }
  return { before, inside, results: before.flatMap(writtenBy) };
}

/** The buffers that a step writes, those of the steps inside it included. */
export function writtenBy(step: Step): Buffer[] {
  if (step.kind === 'kernel') {
    return step.operands.filter(({ mode }) => mode === 'write').map(({ buffer }) => buffer);
  }
  const inner =
    step.kind === 'loop' ? [...(step.condition?.steps ?? []), ...step.steps] : step.branches.flat();
  return inner.flatMap(writtenBy);
}

function countWriters(steps: readonly Step[]): Map<Buffer, number> {
  const writers = new Map<Buffer, number>();
  for (const buffer of steps.flatMap(writtenBy)) writers.set(buffer, (writers.get(buffer) ?? 0) + 1);
  return writers;
}
