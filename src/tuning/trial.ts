import type { ParameterValue } from './space.ts';

/** The values of one trial by name. */
export type Values = Readonly<Record<string, ParameterValue>>;

/** What a search wants tried. */
export interface Proposal {
  readonly values: Values;
  /** How much may be spent, in the search's own unit (most often epochs); left out where a search does not say. */
  readonly budget?: number;
  /** Names the proposal within its search, so that it can tell which answers belong where. */
  readonly tag?: string;
}

/** A proposal with what became of it. `objective`: smaller is better, whatever the direction asked for. */
export interface Trial extends Proposal {
  /** 0, 1, 2, ... in the order in which they began. */
  readonly number: number;
  readonly state: 'running' | 'done' | 'failed';
  /** What the objective function returned; there when done. */
  readonly value?: number;
  /** Why it failed. */
  readonly error?: string;
}

/** A finished trial as a search sees it: lower `loss` is better; failed trials and NaN are infinitely bad. */
export interface Ranked extends Proposal {
  readonly loss: number;
}

/** Finished trials, best first. */
export function ranked(trials: readonly Trial[], direction: Direction): Ranked[] {
  return trials
    .filter(({ state }) => state !== 'running')
    .map((trial) => ({ ...trial, loss: lossOf(trial, direction) }))
    .sort((a, b) => (a.loss === b.loss ? 0 : a.loss - b.loss));
}

export type Direction = 'minimize' | 'maximize';

/** The value as something to make small. */
export function lossOf({ state, value }: Trial, direction: Direction): number {
  if (state !== 'done' || value === undefined || Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  return direction === 'minimize' ? value : -value;
}
