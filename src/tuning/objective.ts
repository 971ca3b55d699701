import type { SearchSpace, ValuesOf } from './space.ts';

/** What an objective function is told beside its values. */
export interface TrialContext {
  /** Number of the trial, 0, 1, 2, ... */
  readonly number: number;
  /** For weights and order; the same for every trial of a search. */
  readonly seed: number;
  /** How much may be spent; undefined where the search does not say. */
  readonly budget: number | undefined;
}

/** Trains and measures with the values given; returns what is to be made small (or large). */
export type Objective<S extends SearchSpace> = (
  values: ValuesOf<S>,
  context: TrialContext,
) => number | Promise<number>;

/** An objective function in a module of its own, for trials in processes of their own. */
export interface ObjectiveModule {
  /** Its URL; the function is its export `objective`. */
  readonly module: URL;
}
