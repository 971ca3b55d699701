import type { Callback } from '../callbacks/callback.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { RowsOfPorts } from './port-rows.ts';
import type { LabelledData, RowsLike } from './rows.ts';
import type { ClassWeight } from './sample-weights.ts';

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
  readonly validationData?: readonly [x: RowsOfPorts, y: RowsOfPorts] | LabelledData;
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
  'initialEpoch',
  'initialStep',
  'signal',
] as const satisfies readonly (keyof FitOptions)[];

/** @throws AntlerValueError for unknown options, numbers that are not whole, and validation given twice */
export function requireFitOptions(options: FitOptions, where: string): void {
  requireKnownOptions(options, NAMES, where);
  const { epochs = 1, initialEpoch = 0, initialStep = 0 } = options;
  for (const [name, value] of Object.entries({ epochs, initialEpoch, initialStep })) {
    if (Number.isInteger(value) && value >= 0) continue;
    throw new AntlerValueError({ where, expected: `${name}, a whole number >= 0`, got: `${value}` });
  }
  if (!options.validationData || !options.validationSplit) return;
  throw new AntlerValueError({ where, expected: 'validationData or validationSplit', got: 'both' });
}
