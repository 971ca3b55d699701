import type { Buffer, Kernel, Step } from '../kernel.ts';
import { writtenBy } from './hoist.ts';

/**
 * Lets the steps of a loop write the next value of a carry over the last one, where nobody reads that any more.
 * @param next buffers of the next values
 * @param carries buffers that hold a value from round to round, one for each of `next`
 * @returns the steps, and the pairs whose values are still to be copied at the end of a round
 */
export function writeCarriesInPlace(
  steps: readonly Step[],
  next: readonly Buffer[],
  carries: readonly Buffer[],
): { readonly steps: readonly Step[]; readonly copies: readonly (readonly [from: Buffer, to: Buffer])[] } {
  let current = steps;
  const copies: (readonly [Buffer, Buffer])[] = [];
  next.forEach((from, i) => {
    const to = carries[i];
    if (!to) return;
    if (canReplace(current, from, to)) current = current.map((step) => withBuffer(step, from, to));
    else copies.push([from, to]);
  });
  return { steps: current, copies };
}

/** Whether one kernel writes `from`, and after it has started nobody reads `to` but it, element by element. */
function canReplace(steps: readonly Step[], from: Buffer, to: Buffer): boolean {
  const writers = steps.filter((step) => writtenBy(step).includes(from));
  const [writer] = writers;
  if (writers.length !== 1 || writer?.kind !== 'kernel' || from.size !== to.size) return false;
  const later = steps.slice(steps.indexOf(writer) + 1);
  const isFree = !later.some((step) => touches(step, to)) && !writtenBy(writer).includes(to);
  return isFree && (!touches(writer, to) || readsOnlyItsPlace(writer, to));
}

function readsOnlyItsPlace(kernel: Kernel, buffer: Buffer): boolean {
  const byRows = kernel.operands.every((operand) => operand.buffer !== buffer || operand.access === 'rows');
  return kernel.elementwise?.includes(buffer) === true && (byRows || kernel.extent === 1);
}

function touches(step: Step, buffer: Buffer): boolean {
  if (step.kind === 'kernel') return step.operands.some((operand) => operand.buffer === buffer);
  if (step.lasting.includes(buffer)) return true;
  if (step.kind === 'branch')
    return step.condition === buffer || step.branches.flat().some((inner) => touches(inner, buffer));
  return [...(step.condition?.steps ?? []), ...step.steps].some((inner) => touches(inner, buffer));
}

/** The step with one buffer in the place of another. */
function withBuffer(step: Step, from: Buffer, to: Buffer): Step {
  const replaced = (buffer: Buffer) => (buffer === from ? to : buffer);
  if (step.kind === 'kernel') {
    const operands = step.operands.map((operand) => ({ ...operand, buffer: replaced(operand.buffer) }));
    const { elementwise } = step;
    return elementwise
      ? { ...step, operands, elementwise: elementwise.map(replaced) }
      : { ...step, operands };
  }
  const inner = (steps: readonly Step[]) => steps.map((one) => withBuffer(one, from, to));
  const lasting = step.lasting.map(replaced);
  if (step.kind === 'branch') {
    return { ...step, condition: replaced(step.condition), branches: step.branches.map(inner), lasting };
  }
  const { condition } = step;
  const loop = { ...step, steps: inner(step.steps), lasting };
  return condition
    ? { ...loop, condition: { steps: inner(condition.steps), result: replaced(condition.result) } }
    : loop;
}
