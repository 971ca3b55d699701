import type { Json } from '../util/exact-json.ts';

/** A source of batches that can go on where it was left, in another process too. */
export interface Resumable {
  /** Where it stands. */
  state(): Json;
  /** Goes where a source of the same data stood. @throws AntlerDataError for a state of other data */
  restore(state: Json): void;
}
