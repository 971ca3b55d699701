import { zeros } from '../../ops/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { type CallContext, withTraining } from '../call.ts';
import type { Arity } from '../inputs.ts';
import { type InputDType, Layer } from '../layer.ts';

/** Output and next states of one step. */
export type StepResult = readonly [output: Tensor, ...states: Tensor[]];

/** A cell at work on one batch of sequences: random masks are drawn once and hold for all steps. */
export interface CellRun {
  /**
   * The part of the work that depends on the inputs alone, done for all steps at once.
   * @param x [..., batch, features]
   * @returns what `step` takes of each step, [..., batch, ...]
   */
  project(x: Tensor): readonly Tensor[];
  /** One step, from what `project` gave for it. */
  step(projected: readonly Tensor[], states: readonly Tensor[]): StepResult;
}

/** What a run is started for. */
export interface RunContext {
  readonly batch: number;
  readonly training: boolean;
}

/**
 * One step of a recurrent layer, with the weights: `call([x, ...states])` gives `[output, ...nextStates]`, all
 * [batch, ...]. `rnn({ cell })` makes a layer of it. A subclass says how large its states are.
 */
export abstract class RecurrentCell extends Layer<StepResult> {
  /** Units of each state, in order. */
  abstract get stateSizes(): readonly number[];

  /** Units of the output; by default those of the first state. */
  get outputSize(): number {
    return this.stateSizes[0] ?? 0;
  }

  /** Which state is the output of the step before, for steps that a mask leaves out. */
  get outputState(): number {
    return 0;
  }

  abstract override call(inputs: readonly Tensor[], context: CallContext): StepResult;

  override get arity(): Arity {
    return 'several';
  }

  override get inputDType(): InputDType {
    return 'float';
  }

  /** States before the first step: zeros. */
  initialStates(batch: number): Tensor[] {
    return this.stateSizes.map((units) => zeros([batch, units], this.computeDtype));
  }

  /** Starts on a batch of sequences. By default every step is a `call`. */
  begin({ training }: RunContext): CellRun {
    const context = { training, mask: undefined, masks: [], arguments: {} };
    return {
      project: (x) => [x],
      step: (x, states) =>
        this.inScope(() => withTraining(training, () => this.call([...x, ...states], context))),
    };
  }

  /** A cell of the same options with weights of its own. @throws AntlerValueError for a cell that cannot */
  copy(): RecurrentCell {
    throw new AntlerValueError({
      where: this.label,
      expected: 'a cell that can be copied',
      got: 'one without a method copy',
      fix: 'write copy(), or give bidirectional its backwardLayer',
    });
  }
}
