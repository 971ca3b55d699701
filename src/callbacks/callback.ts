import type { Optimizer } from '../optimizers/optimizer.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import type { JsonObject } from '../util/exact-json.ts';

/** Figures by name: `loss`, `accuracy`, `valLoss`, ... */
export type Logs = Readonly<Record<string, number>>;

/**
 * Figures of an epoch. A callback may add some: those after it, the history and the printed line have them too. As
 * Keras.
 */
export type EpochLogs = Record<string, number>;

/** What is known after a batch of training or evaluation. */
export interface BatchLogs {
  /** Loss of this batch. Not finite only in training that is about to end: the step has changed nothing then. */
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
  readonly weights: readonly Variable[];
  readonly trainableWeights: readonly Variable[];
  getWeights(): Tensor[];
  setWeights(weights: readonly Tensor[]): void;
  save(path: string): Promise<void>;
  saveWeights(path: string): Promise<void>;
}

/** The training that a callback watches. */
export interface TrainContext {
  readonly model: TrainedModel;
  /** Number of the epoch behind the last, as `fit` was told. */
  readonly epochs: number;
  /** NaN for a dataset whose length shows only at its end. */
  readonly stepsPerEpoch: number;
  /** Examples of an epoch; of a dataset its batches times the size of the first, or NaN. */
  readonly examples: number;
  readonly batchSize: number;
  /** Ends training after the present batch, or epoch if called at its end. */
  stop(): void;
  /**
   * Goes on where the training that was saved in a file stood, once all callbacks have begun; nothing happens if there
   * is no such file. For `onTrainBegin`.
   */
  resumeFrom(path: string): void;
  /** Saves the training where it stands, once all callbacks are done with the present batch or epoch. */
  saveTo(path: string): void;
}

/** An evaluation or prediction that a callback watches. What is not known of a dataset is NaN. */
export interface EvaluationContext {
  readonly model: TrainedModel;
  readonly steps: number;
  readonly examples: number;
  readonly batchSize: number;
}

/** What a callback must know to go on where it was left. */
export interface CallbackState {
  readonly values: JsonObject;
  /** Default none. */
  readonly tensors?: readonly Tensor[];
}

/**
 * Watches training, evaluation and prediction. Each method may return a promise, which is waited for. Epochs and
 * batches count from 0. As Keras 3.
 */
export interface Callback {
  /** What a saved training calls it. Default `callback`. */
  readonly name?: string;
  onTrainBegin?(context: TrainContext): void | Promise<void>;
  /** Called again for the same epoch where training goes on in its middle. */
  onEpochBegin?(epoch: number, context: TrainContext): void | Promise<void>;
  onTrainBatchBegin?(batch: number, context: TrainContext): void | Promise<void>;
  onTrainBatchEnd?(batch: number, logs: BatchLogs, context: TrainContext): void | Promise<void>;
  onEpochEnd?(epoch: number, logs: EpochLogs, context: TrainContext): void | Promise<void>;
  /** Before `onTrainEnd`, where the signal of `fit` has ended training before the last epoch. */
  onTrainInterrupt?(context: TrainContext): void | Promise<void>;
  onTrainEnd?(context: TrainContext): void | Promise<void>;

  /** Of an evaluation, also of the validation after each epoch. */
  onTestBegin?(context: EvaluationContext): void | Promise<void>;
  onTestBatchBegin?(batch: number, context: EvaluationContext): void | Promise<void>;
  onTestBatchEnd?(batch: number, logs: BatchLogs, context: EvaluationContext): void | Promise<void>;
  onTestEnd?(logs: Logs, context: EvaluationContext): void | Promise<void>;

  onPredictBegin?(context: EvaluationContext): void | Promise<void>;
  onPredictBatchBegin?(batch: number, context: EvaluationContext): void | Promise<void>;
  onPredictBatchEnd?(
    batch: number,
    outputs: readonly Tensor[],
    context: EvaluationContext,
  ): void | Promise<void>;
  onPredictEnd?(context: EvaluationContext): void | Promise<void>;

  /** What a saved training remembers of it. A callback that has this has `restoreState` too. */
  saveState?(): CallbackState | Promise<CallbackState>;
  /** Goes on from what `saveState` gave in another training. Called after `onTrainBegin`. */
  restoreState?(state: CallbackState): void | Promise<void>;
}
