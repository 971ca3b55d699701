import type { SearchSpace } from '../space.ts';
import type { Direction, Proposal, Trial } from '../trial.ts';

/** What a search knows when it is asked. */
export interface SearchState {
  readonly space: SearchSpace;
  readonly seed: number;
  /** Of the trial to be proposed: the smallest that none has. */
  readonly number: number;
  readonly direction: Direction;
  /** Every trial so far, those that still run included. */
  readonly trials: readonly Trial[];
}

/**
 * A way to search. What it proposes is a function of the state alone: it keeps nothing, so a search that was
 * stopped goes on from the list of its trials.
 */
export interface Search {
  readonly name: string;
  /** @returns what to try next; `wait` until a running trial ends; `end` when nothing is left to try */
  propose(state: SearchState): Proposal | 'wait' | 'end';
}
