import type { Callback, CallbackState, EpochLogs, TrainContext } from './callback.ts';
import { storedValue } from './stored-values.ts';

/**
 * Sets the learning rate before every epoch to what a function makes of the epoch, counted from 0, and the rate so
 * far. Adds `learningRate` to the figures. As Keras 3.
 */
export function learningRateScheduler(schedule: (epoch: number, learningRate: number) => number): Callback {
  return new LearningRateScheduler(schedule);
}

class LearningRateScheduler implements Callback {
  readonly name = 'learningRateScheduler';
  readonly #schedule: (epoch: number, learningRate: number) => number;
  /** The epoch whose rate is set; an epoch that goes on in its middle begins twice. */
  #epoch = -1;

  constructor(schedule: (epoch: number, learningRate: number) => number) {
    this.#schedule = schedule;
  }

  onTrainBegin(): void {
    this.#epoch = -1;
  }

  onEpochBegin(epoch: number, { model: { optimizer } }: TrainContext): void {
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    optimizer.learningRate = this.#schedule(epoch, optimizer.learningRate);
  }

  onEpochEnd(_epoch: number, logs: EpochLogs, { model }: TrainContext): void {
    logs.learningRate = model.optimizer.learningRate;
  }

  saveState(): CallbackState {
    return { values: { epoch: this.#epoch } };
  }

  restoreState({ values }: CallbackState): void {
    this.#epoch = storedValue(values, 'epoch', 'number', this.name);
  }
}
