export type { Objective, ObjectiveModule, TrialContext } from './objective.ts';
export { type GridOptions, gridSearch } from './search/grid.ts';
export {
  type HalvingOptions,
  hyperband,
  hyperbandBrackets,
  type Rung,
  successiveHalving,
} from './search/hyperband.ts';
export { randomSearch } from './search/random.ts';
export type { Search, SearchState } from './search/search.ts';
export { type TpeOptions, tpe } from './search/tpe.ts';
export {
  choice,
  integer,
  logUniform,
  type Parameter,
  type ParameterValue,
  type RangeOptions,
  type SearchSpace,
  uniform,
  type ValuesOf,
} from './space.ts';
export type { Direction, Proposal, Trial, Values } from './trial.ts';
export { type TuneOptions, type Tuning, tune } from './tune.ts';
