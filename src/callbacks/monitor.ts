import { AntlerValueError } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import type { Logs } from './callback.ts';

/** Whether less or more is better; `auto` takes losses and errors for `min`, and scores such as accuracies for `max`. */
export type MonitorMode = 'auto' | 'min' | 'max';

/** Options of callbacks that watch a figure. */
export interface MonitorOptions {
  /** The figure to watch. Default `valLoss`. */
  readonly monitor?: string;
  /** Default `auto`. */
  readonly mode?: MonitorMode;
}

const MODES = ['auto', 'min', 'max'];

/** How the names of figures end that are better when larger. */
const SCORES =
  /(accuracy|auc|precision|recall|specificity|sensitivity|f1score|fbetascore|iou|truepositives|truenegatives|cosinesimilarity|r2score|pearsoncorrelation|concordancecorrelation)$/i;

/** A figure, and what is better. */
export class Monitor {
  readonly name: string;
  readonly #sign: 1 | -1;
  readonly #where: string;

  /** @param where the callback, for errors */
  constructor({ monitor = 'valLoss', mode = 'auto' }: MonitorOptions, where: string) {
    if (!MODES.includes(mode)) throw unknownName({ where, kind: 'a mode', name: mode, known: MODES });
    this.name = monitor;
    this.#where = where;
    this.#sign = mode === 'max' || (mode === 'auto' && SCORES.test(monitor)) ? 1 : -1;
  }

  /** The figure among those of an epoch. @throws AntlerValueError if it is not among them */
  valueOf(logs: Logs): number {
    const value = logs[this.name];
    if (value !== undefined) return value;
    throw new AntlerValueError({
      where: this.#where,
      expected: `the figure '${this.name}' to watch`,
      got: `only ${Object.keys(logs).join(', ')}`,
      ...(this.name.startsWith('val') ? { fix: 'give fit validationData or validationSplit' } : {}),
    });
  }

  /** Whether a value is better than another by more than `delta`; any is better than none. */
  improves(current: number, reference: number | undefined, delta = 0): boolean {
    return reference === undefined || this.#sign * (current - reference) > Math.abs(delta);
  }
}
