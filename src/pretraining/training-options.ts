import type { LearningRate } from '../optimizers/schedules/schedule.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';

/** Options of `Rbm.fit`. */
export interface RbmFitOptions {
  /** Passes over the rows. Default 10. */
  readonly epochs?: number;
  /** Rows of an update. Default 100, or all if there are fewer. */
  readonly batchSize?: number;
  /**
   * Where the negative phase begins: `cd` at the rows themselves (contrastive divergence, Hinton 2002), `pcd` where
   * it ended one update ago (Tieleman 2008). Default `cd`.
   */
  readonly method?: 'cd' | 'pcd';
  /** Gibbs steps k of an update. Default 1. */
  readonly steps?: number;
  /** Chains of `pcd`. Default the batch size. */
  readonly chains?: number;
  /** Of the mean gradient of the log likelihood; a number, or a schedule over updates. Default 0.05. */
  readonly learningRate?: LearningRate;
  /** Part of the last update that is made again; a number, or a schedule over updates. Default 0. */
  readonly momentum?: LearningRate;
  /** Times the weights (not the biases), subtracted from the gradient. Default 0. */
  readonly weightDecay?: number;
  /**
   * What the visible units take on in the negative phase of `cd`: states drawn from their probabilities, or the
   * probabilities themselves, which is less noisy (Hinton 2010, section 3.2). Default `sample`.
   */
  readonly reconstruction?: 'sample' | 'mean';
  /** Told what part of the training is done, a few times a second; training waits for it. */
  readonly onProgress?: (done: number) => void | Promise<void>;
  /** Ends training after the present update. */
  readonly signal?: AbortSignal;
}

/** The options with their defaults. */
export type RbmTraining = Required<Omit<RbmFitOptions, 'onProgress' | 'signal' | 'chains'>> &
  Pick<RbmFitOptions, 'onProgress' | 'signal' | 'chains'>;

const DEFAULTS = {
  epochs: 10,
  batchSize: 100,
  method: 'cd',
  steps: 1,
  learningRate: 0.05,
  momentum: 0,
  weightDecay: 0,
  reconstruction: 'sample',
} as const satisfies RbmFitOptions;

const NAMES = [...Object.keys(DEFAULTS), 'chains', 'onProgress', 'signal'];

/** @throws AntlerValueError for unknown options and for values that they do not take */
export function rbmTraining(options: RbmFitOptions, where: string): RbmTraining {
  requireKnownOptions(options, NAMES, where);
  const training = { ...DEFAULTS, ...options };
  const { epochs, batchSize, steps, chains = batchSize, weightDecay } = training;
  requireWhole({ epochs }, 0, where);
  requireWhole({ batchSize, steps, chains }, 1, where);
  if (!(weightDecay >= 0 && Number.isFinite(weightDecay)))
    throw new AntlerValueError({ where, expected: 'weightDecay >= 0', got: `${weightDecay}` });
  requireOneOf('method', training.method, ['cd', 'pcd'], where);
  requireOneOf('reconstruction', training.reconstruction, ['sample', 'mean'], where);
  return training;
}

/** @throws AntlerValueError unless all are whole numbers from `least` on */
export function requireWhole(values: Readonly<Record<string, number>>, least: number, where: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new AntlerValueError({ where, expected: `${name}, a whole number >= ${least}`, got: `${value}` });
  }
}

/** @throws AntlerValueError for a word that is not among the allowed ones */
export function requireOneOf(name: string, value: string, allowed: readonly string[], where: string): void {
  if (allowed.includes(value)) return;
  const expected = `${name} ${allowed.map((word) => `'${word}'`).join(' or ')}`;
  throw new AntlerValueError({ where, expected, got: `'${value}'` });
}

/** The value of a number or schedule at an update. @throws AntlerValueError if it is negative or not finite */
export function valueAt(source: LearningRate, step: number, name: string, where: string): number {
  const value = typeof source === 'function' ? source(step) : source;
  if (Number.isFinite(value) && value >= 0) return value;
  throw new AntlerValueError({ where, expected: `${name} >= 0`, got: `${value}` });
}
