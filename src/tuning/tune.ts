import { AntlerValueError } from '../util/errors.ts';
import type { Objective, ObjectiveModule } from './objective.ts';
import { runTrial } from './run-trial.ts';
import type { Search, SearchState } from './search/search.ts';
import { tpe } from './search/tpe.ts';
import { describeSpace, type SearchSpace, type ValuesOf } from './space.ts';
import { type Direction, lossOf, type Trial } from './trial.ts';
import { logTrial, openTrialLog } from './trial-log.ts';

export interface TuneOptions<S extends SearchSpace> {
  readonly space: S;
  /** A function, run in this thread one trial after the other; or a module, whose trials run in processes. */
  readonly objective: Objective<S> | ObjectiveModule;
  /** Default `tpe()`. */
  readonly search?: Search;
  /** Most trials in all, those of an earlier attempt included; a search may end before. Default 50. */
  readonly trials?: number;
  /** Default `minimize`. */
  readonly direction?: Direction;
  readonly seed?: number;
  /** Processes at a time when the objective is a module. Default 1. */
  readonly parallel?: number;
  /** Where finished trials are kept; a search that was stopped goes on from there. */
  readonly folder?: string;
  /** Lets running trials end and begins no more. */
  readonly signal?: AbortSignal;
  /** Called after each trial. */
  readonly onTrial?: (trial: Trial, all: readonly Trial[]) => void;
}

/** What a search found. */
export interface Tuning<S extends SearchSpace> {
  readonly best: { readonly values: ValuesOf<S>; readonly value: number; readonly number: number };
  /** In the order in which they began. */
  readonly trials: readonly Trial[];
}

/**
 * Searches for the values that make the objective smallest (or largest). With one trial at a time the same seed
 * gives the same trials; with more, what a model-based search knows depends on which end first.
 * @throws AntlerValueError if every trial failed (with the first reason), if the space is empty, or if `folder` holds
 * another search
 */
export async function tune<S extends SearchSpace>(options: TuneOptions<S>): Promise<Tuning<S>> {
  const { space, direction = 'minimize', seed = 0, folder, search = tpe(), trials: limit = 50 } = options;
  requireSettings(options);
  const identity = { space: describeSpace(space), search: search.name, direction, seed };
  const trials: Trial[] = folder === undefined ? [] : await openTrialLog(folder, identity);
  await runAll(options, { space, seed, direction }, { search, limit, trials });
  return conclude<S>(trials, direction);
}

interface Work {
  readonly search: Search;
  readonly limit: number;
  readonly trials: Trial[];
}

async function runAll<S extends SearchSpace>(
  options: TuneOptions<S>,
  fixed: Omit<SearchState, 'trials' | 'number'>,
  { search, limit, trials }: Work,
): Promise<void> {
  const { objective, parallel = 1, signal } = options;
  const slots = typeof objective === 'function' ? 1 : parallel;
  const running = new Set<Promise<void>>();
  for (;;) {
    const proposal =
      trials.length < limit && !signal?.aborted
        ? search.propose({ ...fixed, trials, number: nextNumber(trials) })
        : 'end';
    if (typeof proposal === 'object') {
      const begun: Trial = { ...proposal, number: nextNumber(trials), state: 'running' };
      trials.push(begun);
      const work = finish(options, begun, trials).finally(() => running.delete(work));
      running.add(work);
    } else if (running.size === 0) {
      return;
    }
    if (running.size >= slots || typeof proposal === 'string') await Promise.race(running);
  }
}

/** The smallest number that no trial has: what a stopped search had begun and not finished is proposed again. */
function nextNumber(trials: readonly Trial[]): number {
  const taken = new Set(trials.map(({ number }) => number));
  let number = 0;
  while (taken.has(number)) number++;
  return number;
}

async function finish<S extends SearchSpace>(
  { objective, seed = 0, folder, onTrial }: TuneOptions<S>,
  begun: Trial,
  trials: Trial[],
): Promise<void> {
  const ended = await runTrial(objective, begun, seed);
  trials[trials.indexOf(begun)] = ended;
  if (folder !== undefined) await logTrial(folder, ended);
  onTrial?.(ended, trials);
}

function conclude<S extends SearchSpace>(trials: readonly Trial[], direction: Direction): Tuning<S> {
  const best = trials.reduce<Trial | undefined>(
    (found, trial) => (found && lossOf(found, direction) <= lossOf(trial, direction) ? found : trial),
    undefined,
  );
  if (best?.state === 'done' && best.value !== undefined) {
    const values = best.values as ValuesOf<S>; // drawn from the space
    const inOrder = [...trials].sort((a, b) => a.number - b.number);
    return { best: { values, value: best.value, number: best.number }, trials: inOrder };
  }
  throw new AntlerValueError({
    where: 'tune',
    expected: 'a trial that succeeds',
    got: trials.length === 0 ? 'no trial' : `${trials.length} that failed, the first: ${trials[0]?.error}`,
    fix: 'run the objective by itself with the values of one trial',
  });
}

function requireSettings({
  space,
  trials = 50,
  parallel = 1,
}: Pick<TuneOptions<SearchSpace>, 'space' | 'trials' | 'parallel'>): void {
  const where = 'tune';
  if (Object.keys(space).length === 0) {
    throw new AntlerValueError({
      where,
      expected: 'a space with at least one parameter',
      got: 'an empty one',
    });
  }
  for (const [name, value] of Object.entries({ trials, parallel })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new AntlerValueError({ where, expected: `${name}: a whole number of at least 1`, got: `${value}` });
  }
}
