import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { Callback, CallbackState, EpochLogs, TrainContext } from './callback.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';
import { storedCount, storedOptionalNumber } from './stored-values.ts';

/** Options of `reduceLROnPlateau`. */
export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the rate is multiplied by, below 1. Default 0.1. */
  readonly factor?: number;
  /** Epochs without improvement after which it is. Default 10. */
  readonly patience?: number;
  /** Smaller changes are no improvement. Default 0.0001. */
  readonly minDelta?: number;
  /** Epochs after a reduction in which nothing is counted. Default 0. */
  readonly cooldown?: number;
  /** The rate does not fall below. Default 0. */
  readonly minLr?: number;
}

const OPTIONS = ['monitor', 'factor', 'patience', 'mode', 'minDelta', 'cooldown', 'minLr'];

/**
 * Lowers the learning rate when a figure has stopped getting better. Adds `learningRate` to the figures. As Keras 3.
 * @throws AntlerValueError for a factor that is not below 1
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): Callback {
  requireKnownOptions(options, OPTIONS, 'reduceLROnPlateau');
  const { factor = 0.1 } = options;
  if (factor >= 0 && factor < 1) return new ReduceLROnPlateau(options);
  throw new AntlerValueError({
    where: 'reduceLROnPlateau',
    expected: 'a factor from 0 to below 1',
    got: `${factor}`,
  });
}

class ReduceLROnPlateau implements Callback {
  readonly name = 'reduceLROnPlateau';
  readonly #options: ReduceLROnPlateauOptions;
  readonly #monitor: Monitor;
  #best: number | undefined;
  #wait = 0;
  /** Epochs of the cooldown that are left. */
  #cooling = 0;

  constructor(options: ReduceLROnPlateauOptions) {
    this.#options = options;
    this.#monitor = new Monitor(options, this.name);
  }

  onTrainBegin(): void {
    this.#best = undefined;
    this.#wait = 0;
    this.#cooling = 0;
  }

  onEpochEnd(_epoch: number, logs: EpochLogs, { model: { optimizer } }: TrainContext): void {
    const { minDelta = 1e-4 } = this.#options;
    logs.learningRate = optimizer.learningRate;
    const current = this.#monitor.valueOf(logs);
    if (this.#cooling > 0) {
      this.#cooling--;
      this.#wait = 0;
    }
    if (this.#monitor.improves(current, this.#best, minDelta)) {
      this.#best = current;
      this.#wait = 0;
    } else if (this.#cooling === 0) {
      this.#wait++;
      this.#reduce(optimizer);
    }
  }

  #reduce(optimizer: TrainContext['model']['optimizer']): void {
    const { factor = 0.1, patience = 10, cooldown = 0, minLr = 0 } = this.#options;
    const rate = optimizer.learningRate;
    if (this.#wait < patience || rate <= minLr) return;
    optimizer.learningRate = Math.max(rate * factor, minLr);
    this.#cooling = cooldown;
    this.#wait = 0;
  }

  saveState(): CallbackState {
    return { values: { best: this.#best ?? null, wait: this.#wait, cooling: this.#cooling } };
  }

  restoreState({ values }: CallbackState): void {
    this.#best = storedOptionalNumber(values, 'best', this.name);
    this.#wait = storedCount(values, 'wait', this.name);
    this.#cooling = storedCount(values, 'cooling', this.name);
  }
}
