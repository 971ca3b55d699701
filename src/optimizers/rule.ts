import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import type { SlotGroup } from './slots.ts';

/** What an update rule sees of one variable. */
export interface UpdateContext<Config> {
  readonly config: Config;
  readonly gradient: Tensor;
  /** The variable, after weight decay. */
  readonly value: Tensor;
  /** The slots in the order of their names. */
  readonly slots: readonly Tensor[];
  /** Scalar. */
  readonly learningRate: Tensor;
  /** What `prepare` made, once for all variables. */
  readonly shared: readonly Tensor[];
}

/** New contents of a variable and its slots. */
export interface Update {
  readonly value: Tensor;
  readonly slots: readonly Tensor[];
}

/** A scalar that is kept for all variables together. */
export interface StateSpec {
  readonly name: string;
  readonly initial: number;
}

/** What is known before an update: float32 scalars, float64 ones if a variable is of that dtype. */
export interface StepContext {
  /** Counts updates from 1. */
  readonly step: Tensor;
  /** The scalars kept for all variables. */
  readonly state: readonly Tensor[];
}

/** What is the same for all variables of an update: scalars, the state as the update leaves it. */
export interface SharedContext extends StepContext {
  readonly learningRate: Tensor;
}

/** A definition of an optimizer with its configuration bound. */
export interface Rule {
  readonly state: readonly StateSpec[];
  slots(variable: Variable): readonly SlotGroup[];
  advance(context: StepContext): readonly Tensor[];
  prepare(context: SharedContext): readonly Tensor[];
  decayOf(variable: Variable): number | null;
  update(context: Omit<UpdateContext<never>, 'config'>): Update;
}
