import { at } from '../../util/errors.ts';
import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import { savedCount, savedList, savedParts } from './saved-state.ts';
import type { Source } from './source.ts';

/** Elements of several sources in turn; those that are at their end are left out. */
export function interleaved<T>(sources: readonly Source<T>[]): Source<T> {
  const sizes = sources.flatMap(({ size }) => size ?? []);
  return {
    size: sizes.length === sources.length ? sizes.reduce((sum, size) => sum + size, 0) : undefined,
    access: undefined,
    open(epoch, state) {
      if (state === undefined)
        return new InterleaveCursor(
          sources.map((source) => source.open(epoch)),
          0,
        );
      const saved = savedParts(state, ['turn', 'sources'], 'iterate');
      const states = savedList(saved.sources, sources.length, 'iterate');
      const cursors = sources.map((source, i) => source.open(epoch, at(states, i)));
      return new InterleaveCursor(cursors, savedCount(saved.turn, 'iterate') % sources.length);
    },
  };
}

class InterleaveCursor<T> implements Cursor<T> {
  readonly #cursors: readonly Cursor<T>[];
  #turn: number;

  constructor(cursors: readonly Cursor<T>[], turn: number) {
    this.#cursors = cursors;
    this.#turn = turn;
  }

  async next(): Promise<T | typeof END> {
    for (let tried = 0; tried < this.#cursors.length; tried++) {
      const cursor = at(this.#cursors, this.#turn);
      this.#turn = (this.#turn + 1) % this.#cursors.length;
      const element = await cursor.next(); // END, then and ever after
      if (element !== END) return element;
    }
    return END;
  }

  state(): Json {
    return { turn: this.#turn, sources: this.#cursors.map((cursor) => cursor.state()) };
  }

  async close(): Promise<void> {
    for (const cursor of this.#cursors) await cursor.close();
  }
}
