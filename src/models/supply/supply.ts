import type { CallbackList } from '../../callbacks/callback-list.ts';
import type { Resumable } from '../../data/resumable.ts';
import type { AnyBatch } from '../model.ts';

/** A batch on the device, and its number of examples. */
export interface Supplied<Batch> {
  readonly batch: Batch;
  readonly size: number;
}

/** A batch with labels. */
export type SuppliedBatch = Supplied<AnyBatch>;

/** The batches of one epoch. */
export interface BatchFeed {
  /** The next one; undefined behind the last. */
  next(): SuppliedBatch | undefined | Promise<SuppliedBatch | undefined>;
}

/** What `fit` learns from and measures on, checked, wherever it comes from. */
export interface FitSupply {
  /** Examples of an epoch; NaN where that is not known before. */
  readonly examples: number;
  /** Examples of a batch, but perhaps of the last. */
  readonly batchSize: number;
  /** Batches of an epoch; undefined where that is not known before. */
  readonly steps: number | undefined;
  /** Sentences about what is legal, yet hardly meant. */
  readonly hints: readonly string[];
  /** What a saved training knows of it. */
  readonly place: Resumable;
  /** Figures over the validation data, where there are such. */
  readonly validate: ((callbacks: CallbackList) => Promise<Record<string, number>>) | undefined;
  /** The batches of an epoch behind the first `firstStep`. */
  begin(epoch: number, firstStep: number): BatchFeed | Promise<BatchFeed>;
  /** Frees what it holds: files, workers. */
  close(): Promise<void>;
}
