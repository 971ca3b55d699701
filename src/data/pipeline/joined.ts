import { at } from '../../util/errors.ts';
import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import { savedCount, savedList, savedParts } from './saved-state.ts';
import { type Source, sourceOf } from './source.ts';

/** The elements of one source behind those of the other. Random access stays where both have it. */
export function concatenated<T>(first: Source<T>, second: Source<T>): Source<T> {
  const [a, b] = [first.access, second.access];
  if (a && b) {
    return sourceOf({
      size: a.size + b.size,
      view: async (epoch) => {
        const [head, tail] = [await a.view(epoch), await b.view(epoch)];
        return { get: (index) => (index < a.size ? head.get(index) : tail.get(index - a.size)) };
      },
    });
  }
  const sources = [first, second] as const;
  const isKnown = first.size !== undefined && second.size !== undefined;
  return {
    size: isKnown ? first.size + second.size : undefined,
    access: undefined,
    open(epoch, state) {
      if (state === undefined) return new ConcatenationCursor(sources, epoch, 0);
      const saved = savedParts(state, ['part', 'source'], 'iterate');
      const part = Math.min(1, savedCount(saved.part, 'iterate'));
      return new ConcatenationCursor(sources, epoch, part, saved.source);
    },
  };
}

class ConcatenationCursor<T> implements Cursor<T> {
  readonly #sources: readonly Source<T>[];
  readonly #epoch: number;
  #part: number;
  #cursor: Cursor<T>;

  constructor(sources: readonly Source<T>[], epoch: number, part: number, state?: Json) {
    this.#sources = sources;
    this.#epoch = epoch;
    this.#part = part;
    this.#cursor = at(sources, part).open(epoch, state);
  }

  async next(): Promise<T | typeof END> {
    const element = await this.#cursor.next();
    if (element !== END || this.#part === this.#sources.length - 1) return element;
    await this.#cursor.close();
    this.#part++;
    this.#cursor = at(this.#sources, this.#part).open(this.#epoch);
    return this.next();
  }

  state(): Json {
    return { part: this.#part, source: this.#cursor.state() };
  }

  close(): Promise<void> {
    return this.#cursor.close();
  }
}

/** Elements of several sources side by side, as many as the shortest has. Random access stays where all have it. */
export function zipped(sources: readonly Source<unknown>[]): Source<unknown[]> {
  const accesses = sources.flatMap(({ access }) => access ?? []);
  const sizes = sources.flatMap(({ size }) => size ?? []);
  if (accesses.length === sources.length) {
    return sourceOf({
      size: Math.min(...sizes),
      view: async (epoch) => {
        const views = await Promise.all(accesses.map((access) => access.view(epoch)));
        return { get: (index) => Promise.all(views.map((view) => view.get(index))) };
      },
    });
  }
  return {
    size: sizes.length === sources.length ? Math.min(...sizes) : undefined,
    access: undefined,
    open(epoch, state) {
      const saved = state === undefined ? [] : savedList(state, sources.length, 'iterate');
      return new ZipCursor(sources.map((source, i) => source.open(epoch, saved[i])));
    },
  };
}

class ZipCursor implements Cursor<unknown[]> {
  readonly #cursors: readonly Cursor<unknown>[];

  constructor(cursors: readonly Cursor<unknown>[]) {
    this.#cursors = cursors;
  }

  async next(): Promise<unknown[] | typeof END> {
    const elements = await Promise.all(this.#cursors.map((cursor) => cursor.next()));
    return elements.includes(END) ? END : elements;
  }

  state(): Json {
    return this.#cursors.map((cursor) => cursor.state());
  }

  async close(): Promise<void> {
    for (const cursor of this.#cursors) await cursor.close();
  }
}
