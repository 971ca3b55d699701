import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Figures by name: `loss`, `accuracy`, `valLoss`, ... */
export type Logs = Readonly<Record<string, number>>;

/** What is known after a batch. */
export interface BatchLogs {
  /** Loss of this batch. */
  readonly loss: number;
  /** Examples in this batch. */
  readonly size: number;
  /**
   * Loss and metrics over the epoch so far. They are computed only when asked for, and only until the next
   * batch.
   */
  figures(): Promise<Logs>;
}

/** What callbacks may do with the model in training. */
export interface TrainedModel {
  readonly optimizer: Optimizer;
  getWeights(): Tensor[];
  setWeights(weights: readonly Tensor[]): void;
}

/** The training that a callback watches. */
export interface TrainContext {
  readonly model: TrainedModel;
  /** Number of the epoch behind the last, as `fit` was told. */
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Examples of an epoch. */
  readonly examples: number;
  readonly batchSize: number;
  /** Ends training after the present batch, or epoch if called at its end. */
  stop(): void;
}

/**
 * Watches training. Each method may return a promise, which training waits for. Epochs and batches count from
 * 0.
 */
export interface Callback {
  onTrainBegin?(context: TrainContext): void | Promise<void>;
  onEpochBegin?(epoch: number, context: TrainContext): void | Promise<void>;
  onBatchEnd?(batch: number, logs: BatchLogs, context: TrainContext): void | Promise<void>;
  onEpochEnd?(epoch: number, logs: Logs, context: TrainContext): void | Promise<void>;
  onTrainEnd?(context: TrainContext): void | Promise<void>;
}
