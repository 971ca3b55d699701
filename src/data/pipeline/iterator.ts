import type { Json } from '../../util/exact-json.ts';

/** Where to begin in a dataset. */
export interface IterateOptions {
  /** Which pass over the data: every shuffle gives each its own order. Whole number >= 0, default 0. */
  readonly epoch?: number;
  /** A place that an iterator of the same pipeline gave; it knows its epoch, so `epoch` is not looked at then. */
  readonly state?: Json;
}

/**
 * One pass over a dataset. `state()` says in plain JSON which elements have been given out; a dataset that is told
 * so goes on with the very next, in another process too. It may be asked for between any two elements, not while
 * `next()` is under way.
 */
export interface DatasetIterator<T> extends AsyncIterableIterator<T> {
  next(): Promise<IteratorResult<T, undefined>>;
  /** Ends the pass early and frees what it holds: files, workers. */
  return(): Promise<IteratorResult<T, undefined>>;
  state(): Json;
}
