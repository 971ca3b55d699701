/** Everything that is measured; errors are parts of the test digits. */
export interface DbnMeasured {
  /** By free energy, after greedy learning and after up-down. */
  readonly greedyError: number;
  readonly upDownError: number;
  /** Of the network fine-tuned to tell digits apart, from learned and from random weights. */
  readonly pretrainedError: number;
  readonly randomError: number;
  /** How many labels the next two saw. */
  readonly fewLabels: number;
  readonly fewPretrainedError: number;
  readonly fewRandomError: number;
  /** Part of the drawn digits that the judge reads as their label, and the judge's own error. */
  readonly readCorrectly: number;
  readonly judgeError: number;
  /** Ink of drawn digits, class after class. */
  readonly drawn: Uint8Array;
}
