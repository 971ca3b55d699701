import type { JsonObject } from '../util/exact-json.ts';
import type { Callback, CallbackState, Logs } from './callback.ts';
import { storedList, storedObject } from './stored-values.ts';

/** Records the figures of every epoch. `fit` returns one. */
export class History implements Callback {
  readonly name = 'history';
  /** Numbers of the finished epochs. */
  readonly epoch: number[] = [];
  /** For each figure its value after each of these epochs. */
  readonly history: Record<string, number[]> = {};
  /**
   * Where training was broken off by its signal or a callback, in the middle of an epoch; null if it was not.
   */
  stopped: { readonly epoch: number; readonly step: number } | null = null;

  onTrainBegin(): void {
    this.stopped = null;
    this.epoch.length = 0;
    for (const name of Object.keys(this.history)) delete this.history[name];
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    for (const [name, value] of Object.entries(logs)) {
      const values = this.history[name] ?? [];
      values.push(value);
      this.history[name] = values;
    }
  }

  saveState(): CallbackState {
    return { values: { epoch: [...this.epoch], history: { ...this.history } satisfies JsonObject } };
  }

  restoreState({ values }: CallbackState): void {
    this.epoch.push(...storedList(values, 'epoch', 'number', this.name));
    const history = storedObject(values.history, 'history', this.name);
    for (const name of Object.keys(history)) {
      this.history[name] = storedList(history, name, 'number', this.name);
    }
  }
}
