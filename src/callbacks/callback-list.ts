import type { BatchLogs, Callback, Logs, TrainContext } from './callback.ts';

/** Several callbacks as one, called in order, each waited for. */
export class CallbackList {
  readonly #callbacks: readonly Callback[];
  readonly #context: TrainContext;
  readonly #watchesBatches: boolean;

  constructor(callbacks: readonly Callback[], context: TrainContext) {
    this.#callbacks = callbacks;
    this.#context = context;
    this.#watchesBatches = callbacks.some((callback) => callback.onBatchEnd !== undefined);
  }

  /** Whether anybody listens to batches: if not, their logs need not be made. */
  get watchesBatches(): boolean {
    return this.#watchesBatches;
  }

  async trainBegin(): Promise<void> {
    for (const callback of this.#callbacks) await callback.onTrainBegin?.(this.#context);
  }

  async epochBegin(epoch: number): Promise<void> {
    for (const callback of this.#callbacks) await callback.onEpochBegin?.(epoch, this.#context);
  }

  async batchEnd(batch: number, logs: BatchLogs): Promise<void> {
    for (const callback of this.#callbacks) await callback.onBatchEnd?.(batch, logs, this.#context);
  }

  async epochEnd(epoch: number, logs: Logs): Promise<void> {
    for (const callback of this.#callbacks) await callback.onEpochEnd?.(epoch, logs, this.#context);
  }

  async trainEnd(): Promise<void> {
    for (const callback of this.#callbacks) await callback.onTrainEnd?.(this.#context);
  }
}
