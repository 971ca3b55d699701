/** A machine whose partition function is known exactly, in nats a digit. */
export type SmallMachine = {
  /** Of the test digits. */
  readonly logLikelihood: number;
  readonly logPartition: number;
  /** log Z by annealed importance sampling. */
  readonly estimated: number;
  /** Cross-entropy of digits and their reconstructions. */
  readonly reconstruction: number;
  /** [784, 16]. */
  readonly weights: Float32Array;
};

/** A machine whose partition function is estimated. */
export type LargeMachine = {
  readonly hidden: number;
  readonly logLikelihood: number;
  /** The likelihood three standard errors of the estimate below and above. */
  readonly low: number;
  readonly high: number;
  readonly reconstruction: number;
  /** [784, hidden]. */
  readonly weights: Float32Array;
};

/** Chains after some numbers of steps: rows of pixels, one for each chain. */
export type ChainPictures = readonly { readonly step: number; readonly pixels: Float32Array }[];

/** Everything that is measured. */
export interface RbmMeasured {
  /** log p of the test digits if every pixel is drawn by itself. */
  readonly independent: number;
  readonly cd: SmallMachine;
  readonly pcd: SmallMachine;
  readonly large: LargeMachine;
}
