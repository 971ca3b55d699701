/** Options that all recurrent layers have, beside those of their cells. */
export interface RecurrentConfig {
  /** Whether the outputs of all steps are given, or that of the last. */
  readonly returnSequences: boolean;
  /** Whether the last states follow the output: the layer then gives a list. */
  readonly returnState: boolean;
  /** Whether the last step comes first; the outputs are in that order then. */
  readonly goBackwards: boolean;
  /** Whether a batch starts from the states that the one before has left. */
  readonly stateful: boolean;
  /** Taken for the sake of Keras; the steps are a loop inside the compiled program in either case. */
  readonly unroll: boolean;
  /** Whether a step that the mask leaves out gives zeros, or the output of the step before. */
  readonly zeroOutputForMask: boolean;
}

/** Their defaults. */
export const RECURRENT_DEFAULTS = {
  returnSequences: false,
  returnState: false,
  goBackwards: false,
  stateful: false,
  unroll: false,
  zeroOutputForMask: false,
} as const satisfies RecurrentConfig;
