import { AntlerValueError } from '../../util/errors.ts';
import { type Proposal, ranked, type Trial } from '../trial.ts';
import { drawValues } from './random.ts';
import type { Search, SearchState } from './search.ts';

export interface HalvingOptions {
  /** Most that one trial may spend: R. Default 81. */
  readonly maxBudget?: number;
  /** One of eta goes on with eta times the budget. Default 3. */
  readonly eta?: number;
}

/** A round of successive halving: how many trials with how much each. */
export interface Rung {
  readonly trials: number;
  readonly budget: number;
}

/**
 * The brackets of Hyperband, the boldest first: n = ceil((smax + 1) eta^s / (s + 1)) trials begin with R eta^-s.
 * Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar 2018, JMLR 18:1-52, algorithm 1.
 */
export function hyperbandBrackets({ maxBudget = 81, eta = 3 }: HalvingOptions = {}): Rung[][] {
  requireHalving(maxBudget, eta);
  const last = Math.floor(Math.log(maxBudget) / Math.log(eta) + 1e-9);
  return Array.from({ length: last + 1 }, (_, i) => {
    const s = last - i;
    return rungs(Math.ceil(((last + 1) / (s + 1)) * eta ** s), s, maxBudget, eta);
  });
}

/** Successive halving at several compromises between many trials and long ones. Li et al. 2018. */
export function hyperband(options: HalvingOptions = {}): Search {
  return halving('hyperband', hyperbandBrackets(options));
}

/** Many short trials, of which the best go on: the first bracket of Hyperband alone. Jamieson & Talwalkar 2016. */
export function successiveHalving(options: HalvingOptions = {}): Search {
  return halving('successive halving', hyperbandBrackets(options).slice(0, 1));
}

function rungs(trials: number, s: number, maxBudget: number, eta: number): Rung[] {
  return Array.from({ length: s + 1 }, (_, i) => ({
    trials: Math.floor(trials / eta ** i),
    budget: Math.max(1, Math.round(maxBudget * eta ** (i - s))),
  }));
}

function halving(name: string, brackets: readonly (readonly Rung[])[]): Search {
  return {
    name,
    propose(state) {
      let waits = false;
      for (const [bracket, rungsOf] of brackets.entries()) {
        const proposal = proposeIn(bracket, rungsOf, state);
        if (typeof proposal === 'object') return proposal;
        if (proposal === 'wait') waits = true;
      }
      return waits ? 'wait' : 'end';
    },
  };
}

function proposeIn(bracket: number, rungsOf: readonly Rung[], state: SearchState): Proposal | 'wait' | 'end' {
  let values = Array.from({ length: rungsOf[0]?.trials ?? 0 }, (_, i) =>
    drawValues(state.space, state.seed, bracket, i),
  );
  for (const [rung, { trials, budget }] of rungsOf.entries()) {
    const tags = Array.from({ length: trials }, (_, i) => `bracket ${bracket}, rung ${rung}, ${i}`);
    const begun = tags.map((tag) => state.trials.find((trial) => trial.tag === tag));
    const next = begun.indexOf(undefined);
    const [chosen, tag] = [values[next], tags[next]];
    if (chosen !== undefined && tag !== undefined) return { values: chosen, budget, tag };
    const rungTrials = begun.filter((trial): trial is Trial => trial !== undefined);
    if (rungTrials.some((trial) => trial.state === 'running')) return 'wait';
    values = ranked(rungTrials, state.direction).map((trial) => trial.values);
  }
  return 'end';
}

function requireHalving(maxBudget: number, eta: number): void {
  if (maxBudget >= 1 && eta > 1) return;
  throw new AntlerValueError({
    where: 'hyperband',
    expected: 'maxBudget of at least 1 and eta above 1',
    got: `maxBudget ${maxBudget}, eta ${eta}`,
  });
}
