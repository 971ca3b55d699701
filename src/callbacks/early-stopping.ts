import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';
import { shown } from '../util/shown.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { Callback, CallbackState, Logs, TrainContext } from './callback.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';
import { storedCount, storedOptionalNumber } from './stored-values.ts';

/** Options of `earlyStopping`. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Smaller changes are no improvement. Default 0. */
  readonly minDelta?: number;
  /** Epochs without improvement that are borne. Default 0. */
  readonly patience?: number;
  /** Training stops as well if the figure does not get better than this. */
  readonly baseline?: number;
  /** Go back to the weights of the best epoch at the end. Default false. */
  readonly restoreBestWeights?: boolean;
  /** Epochs before this one do not count. Default 0. */
  readonly startFromEpoch?: number;
}

const OPTIONS = [
  'monitor',
  'minDelta',
  'patience',
  'mode',
  'baseline',
  'restoreBestWeights',
  'startFromEpoch',
];

/** Stops training when a figure has stopped getting better. As Keras 3. */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  requireKnownOptions(options, OPTIONS, 'earlyStopping');
  const { patience = 0 } = options;
  if (!(Number.isInteger(patience) && patience >= 0)) {
    const expected = 'patience, a whole number of epochs >= 0';
    throw new AntlerValueError({ where: 'earlyStopping', expected, got: shown(patience) });
  }
  return new EarlyStopping(options);
}

class EarlyStopping implements Callback {
  readonly name = 'earlyStopping';
  readonly #options: EarlyStoppingOptions;
  readonly #monitor: Monitor;
  #best: number | undefined;
  #bestWeights: readonly Tensor[] | undefined;
  #wait = 0;

  constructor(options: EarlyStoppingOptions) {
    this.#options = options;
    this.#monitor = new Monitor(options, this.name);
  }

  onTrainBegin(): void {
    this.#best = undefined;
    this.#bestWeights = undefined;
    this.#wait = 0;
  }

  onEpochEnd(epoch: number, logs: Logs, { model, stop }: TrainContext): void {
    const {
      patience = 0,
      baseline,
      restoreBestWeights = false,
      startFromEpoch = 0,
      minDelta,
    } = this.#options;
    const current = this.#monitor.valueOf(logs);
    if (epoch < startFromEpoch) return;
    if (restoreBestWeights) this.#bestWeights ??= model.getWeights();
    this.#wait++;
    if (this.#monitor.improves(current, this.#best, minDelta)) {
      this.#best = current;
      if (restoreBestWeights) this.#bestWeights = model.getWeights();
      if (baseline === undefined || this.#monitor.improves(current, baseline, minDelta)) this.#wait = 0;
    } else if (this.#wait >= patience && epoch > 0) {
      stop();
    }
  }

  onTrainEnd({ model }: TrainContext): void {
    if (this.#bestWeights) model.setWeights(this.#bestWeights);
  }

  saveState(): CallbackState {
    const values = { wait: this.#wait, best: this.#best ?? null };
    return { values, ...(this.#bestWeights && { tensors: this.#bestWeights }) };
  }

  restoreState({ values, tensors }: CallbackState): void {
    this.#wait = storedCount(values, 'wait', this.name);
    this.#best = storedOptionalNumber(values, 'best', this.name);
    this.#bestWeights = tensors;
  }
}
