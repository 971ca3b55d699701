import type { Json } from '../../util/exact-json.ts';

/** What a cursor gives behind the last element. */
export const END = Symbol('end of the pass');

/** One pass of one stage of a pipeline; see `DatasetIterator`, which is the cursor of the last stage. */
export interface Cursor<T> {
  /** The next element, or END, then and ever after. */
  next(): Promise<T | typeof END>;
  /** What `Source.open` needs to go on behind the elements given so far. */
  state(): Json;
  /** Frees what the pass holds. No call may be under way or follow. */
  close(): Promise<void>;
}

/** Reads the next elements and throws them away; fewer if the pass ends. */
export async function skipElements(cursor: Cursor<unknown>, count: number): Promise<void> {
  for (let i = 0; i < count; i++) if ((await cursor.next()) === END) return;
}
