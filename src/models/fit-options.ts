import type { Callback } from '../callbacks/callback.ts';
import { AntlerValueError } from '../util/errors.ts';
import { shown } from '../util/shown.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { RowsOfPorts } from './port-rows.ts';
import type { LabelledData, RowsLike } from './rows.ts';
import type { ClassWeight } from './sample-weights.ts';
import type { BatchSource } from './supply/batch-source.ts';

/** Options of `fit`. */
export interface FitOptions {
  /**
   * Passes over the data, counted from the very first: with `initialEpoch` 3, `epochs: 5` are two more.
   * Default 1.
   */
  readonly epochs?: number;
  /** Examples of a step. Default 32, or all if there are fewer. */
  readonly batchSize?: number;
  /** Measured after every epoch: `[x, y]` or a dataset. */
  readonly validationData?: readonly [x: RowsOfPorts, y: RowsOfPorts] | LabelledData | BatchSource;
  /** Part of the examples, from the end, that is set aside for that. Default 0. */
  readonly validationSplit?: number;
  /** Another order in every epoch, decided by the model's seed. Default true. */
  readonly shuffle?: boolean;
  readonly callbacks?: readonly Callback[];
  /** 1 prints a line an epoch, 0 nothing. Default 1. */
  readonly verbose?: 0 | 1;
  /** Where those lines go. Default the console. */
  readonly print?: (line: string) => void;
  /** Weights of examples by class; classes left out count 1. */
  readonly classWeight?: ClassWeight;
  /** Weight of each example, [count]. */
  readonly sampleWeight?: RowsLike;
  /**
   * Batches of an epoch, for a dataset: it is then one stream, begun anew at its end, that is cut into epochs. Default
   * one pass an epoch.
   */
  readonly stepsPerEpoch?: number;
  /** Where to go on: epochs that are done. Default 0. */
  readonly initialEpoch?: number;
  /** Where to go on: steps of that epoch that are done. Default 0. */
  readonly initialStep?: number;
  /** Ends training after the present batch. */
  readonly signal?: AbortSignal;
}

const NAMES = [
  'epochs',
  'batchSize',
  'validationData',
  'validationSplit',
  'shuffle',
  'callbacks',
  'verbose',
  'print',
  'classWeight',
  'sampleWeight',
  'stepsPerEpoch',
  'initialEpoch',
  'initialStep',
  'signal',
] as const satisfies readonly (keyof FitOptions)[];

const VERBOSITIES: readonly unknown[] = [0, 1];

/** @throws AntlerValueError for unknown options, values that they do not take, and validation given twice */
export function requireFitOptions(options: FitOptions, where: string): void {
  requireKnownOptions(options, NAMES, where);
  const { epochs = 1, initialEpoch = 0, initialStep = 0 } = options;
  for (const [name, value] of Object.entries({ epochs, initialEpoch, initialStep })) {
    if (Number.isInteger(value) && value >= 0) continue;
    throw new AntlerValueError({ where, expected: `${name}, a whole number >= 0`, got: `${value}` });
  }
  const { stepsPerEpoch = 1 } = options;
  if (!Number.isInteger(stepsPerEpoch) || stepsPerEpoch < 1) {
    throw new AntlerValueError({
      where,
      expected: 'stepsPerEpoch, a whole number >= 1',
      got: `${stepsPerEpoch}`,
    });
  }
  requireCallbacks(options.callbacks ?? [], where);
  if (!VERBOSITIES.includes(options.verbose ?? 1)) {
    const fix = 'leave it out for a line an epoch';
    throw new AntlerValueError({ where, expected: 'verbose, 0 or 1', got: shown(options.verbose), fix });
  }
  if (!options.validationData || !options.validationSplit) return;
  throw new AntlerValueError({ where, expected: 'validationData or validationSplit', got: 'both' });
}

function requireCallbacks(callbacks: unknown, where: string): void {
  const isCallback = (callback: unknown) => typeof callback === 'object' && callback !== null;
  if (Array.isArray(callbacks) && callbacks.every(isCallback)) return;
  throw new AntlerValueError({
    where,
    expected: 'callbacks, a list of callbacks',
    got: shown(callbacks),
    fix: 'write callbacks: [callbacks.earlyStopping()]',
  });
}
