import { scan } from '../../ops/control/control.ts';
import { zerosLike } from '../../ops/create.ts';
import { cast, where } from '../../ops/math/arithmetic.ts';
import { expandDims, flip, moveaxis } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Mask } from '../masks.ts';
import type { CellRun, RecurrentCell, StepResult } from './cell.ts';

/** A batch of sequences for a cell, and how to go through it. */
export interface Passage {
  /** [batch, time, ...]. */
  readonly sequences: Tensor;
  readonly states: readonly Tensor[];
  /** Steps that count, [batch, time]. */
  readonly mask: Mask;
  readonly training: boolean;
  readonly goBackwards: boolean;
  readonly zeroOutputForMask: boolean;
}

/** What a cell gave. */
export interface Passed {
  /** Outputs of all steps, [time, batch, ...], in the order of the steps. */
  readonly outputs: Tensor;
  readonly states: readonly Tensor[];
}

/** Runs a cell along the time: what depends on the inputs alone before the loop, for all steps at once. */
export function runCell(cell: RecurrentCell, passage: Passage): Passed {
  const { sequences, mask, goBackwards } = passage;
  const run = cell.begin({ batch: at(sequences.shape, 0), training: passage.training });
  const projected = run.project(moveaxis(sequences, 1, 0));
  const kept = mask ? [expandDims(moveaxis(cast(mask, 'bool'), 1, 0), -1)] : [];
  const step = (states: readonly Tensor[], [x, m]: Walked): [readonly Tensor[], Tensor] => {
    const result = run.step(x, states);
    const [output, ...next] = m[0] ? leaveOut(m[0], result, states, cell, passage) : result;
    return [next, output];
  };
  const [states, outputs] = scan(step, passage.states, [projected, kept] as Walked, {
    reverse: goBackwards,
  });
  return { outputs: goBackwards ? flip(outputs, 0) : outputs, states };
}

/** What a step finds: projected inputs, and its column of the mask if there is one. */
type Walked = readonly [x: ReturnType<CellRun['project']>, mask: readonly Tensor[]];

/** The step as if it had not been, where the mask [batch, 1] says so. */
function leaveOut(
  mask: Tensor,
  [output, ...next]: StepResult,
  states: readonly Tensor[],
  cell: RecurrentCell,
  { zeroOutputForMask }: Passage,
): StepResult {
  const without = zeroOutputForMask ? zerosLike(output) : at(states, cell.outputState);
  return [where(mask, output, without), ...next.map((state, i) => where(mask, state, at(states, i)))];
}
