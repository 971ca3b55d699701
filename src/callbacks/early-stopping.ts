import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions, unknownName } from '../util/suggest.ts';
import type { Callback, Logs, TrainContext } from './callback.ts';

/** Options of `earlyStopping`. */
export interface EarlyStoppingOptions {
  /** The figure to watch. Default `valLoss`. */
  readonly monitor?: string;
  /** Smaller changes are no improvement. Default 0. */
  readonly minDelta?: number;
  /** Epochs without improvement that are borne. Default 0. */
  readonly patience?: number;
  /** Whether less or more is better; `auto` takes accuracies for `max` and the rest for `min`. */
  readonly mode?: 'auto' | 'min' | 'max';
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
const MODES = ['auto', 'min', 'max'];

/** Stops training when a figure has stopped getting better. As Keras 3. */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  requireKnownOptions(options, OPTIONS, 'earlyStopping');
  return new EarlyStopping(options);
}

class EarlyStopping implements Callback {
  readonly #options: EarlyStoppingOptions;
  readonly #monitor: string;
  readonly #sign: 1 | -1;
  #best: number | undefined;
  #bestWeights: Tensor[] | undefined;
  #wait = 0;

  constructor(options: EarlyStoppingOptions) {
    const { monitor = 'valLoss', mode = 'auto' } = options;
    if (!MODES.includes(mode))
      throw unknownName({ where: 'earlyStopping', kind: 'a mode', name: mode, known: MODES });
    this.#options = options;
    this.#monitor = monitor;
    const moreIsBetter = mode === 'max' || (mode === 'auto' && /accuracy$/i.test(monitor));
    this.#sign = moreIsBetter ? 1 : -1;
  }

  onTrainBegin(): void {
    this.#best = undefined;
    this.#bestWeights = undefined;
    this.#wait = 0;
  }

  onEpochEnd(epoch: number, logs: Logs, { model, stop }: TrainContext): void {
    const { patience = 0, baseline, restoreBestWeights = false, startFromEpoch = 0 } = this.#options;
    const current = this.#valueOf(logs);
    if (epoch < startFromEpoch) return;
    if (restoreBestWeights) this.#bestWeights ??= model.getWeights();
    this.#wait++;
    if (this.#improves(current, this.#best)) {
      this.#best = current;
      if (restoreBestWeights) this.#bestWeights = model.getWeights();
      if (baseline === undefined || this.#improves(current, baseline)) this.#wait = 0;
    } else if (this.#wait >= patience && epoch > 0) {
      stop();
    }
  }

  onTrainEnd({ model }: TrainContext): void {
    if (this.#bestWeights) model.setWeights(this.#bestWeights);
  }

  #valueOf(logs: Logs): number {
    const value = logs[this.#monitor];
    if (value !== undefined) return value;
    throw new AntlerValueError({
      where: 'earlyStopping',
      expected: `the figure '${this.#monitor}' to watch`,
      got: `only ${Object.keys(logs).join(', ')}`,
      ...(this.#monitor.startsWith('val') ? { fix: 'give fit validationData or validationSplit' } : {}),
    });
  }

  #improves(current: number, reference: number | undefined): boolean {
    if (reference === undefined) return true;
    const { minDelta = 0 } = this.#options;
    return this.#sign * (current - reference) > Math.abs(minDelta);
  }
}
