import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import { savedCount, savedParts } from './saved-state.ts';
import type { Source } from './source.ts';

/** Pass behind pass. Each counts as an epoch of what is repeated, so shuffles before this step differ. */
export function repeated<T>(source: Source<T>, count: number): Source<T> {
  return {
    size: totalSize(source.size, count),
    access: undefined,
    open(epoch, state) {
      const first = Number.isFinite(count) ? epoch * count : epoch;
      if (state === undefined) return new RepeatCursor(source, { first, count, pass: 0 });
      const saved = savedParts(state, ['pass', 'source'], 'iterate');
      const pass = savedCount(saved.pass, 'iterate');
      return new RepeatCursor(source, { first, count, pass }, saved.source);
    },
  };
}

function totalSize(size: number | undefined, count: number): number | undefined {
  if (size === 0 || count === 0) return 0; // not NaN for no element without end
  return size === undefined ? undefined : size * count;
}

interface Passes {
  /** Epoch of the first pass. */
  readonly first: number;
  readonly count: number;
  /** Passes before the one to begin with. */
  readonly pass: number;
}

class RepeatCursor<T> implements Cursor<T> {
  readonly #source: Source<T>;
  readonly #passes: Passes;
  #pass: number;
  #cursor: Cursor<T>;

  constructor(source: Source<T>, passes: Passes, state?: Json) {
    this.#source = source;
    this.#passes = passes;
    this.#pass = passes.pass;
    this.#cursor = source.open(passes.first + passes.pass, state);
  }

  async next(): Promise<T | typeof END> {
    let isEmpty = false;
    while (this.#pass < this.#passes.count) {
      const element = await this.#cursor.next();
      if (element !== END) return element;
      if (isEmpty) return END; // a whole pass gave nothing: the next would not either
      isEmpty = true;
      await this.#cursor.close();
      this.#pass++;
      this.#cursor = this.#source.open(this.#passes.first + this.#pass);
    }
    return END;
  }

  state(): Json {
    return { pass: this.#pass, source: this.#cursor.state() };
  }

  close(): Promise<void> {
    return this.#cursor.close();
  }
}
