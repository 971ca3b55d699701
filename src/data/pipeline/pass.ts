import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import type { DatasetIterator, IterateOptions } from './iterator.ts';
import { savedCount, savedParts } from './saved-state.ts';
import type { Source } from './source.ts';
import { requireWhole } from './whole-number.ts';

const OVER = { done: true, value: undefined } as const;

/** The cursor of a whole pipeline as JavaScript's own protocol has it. */
export class Pass<T> implements DatasetIterator<T> {
  readonly #cursor: Cursor<T>;
  readonly #epoch: number;
  #isOver = false;

  constructor(source: Source<T>, { epoch = 0, state }: IterateOptions) {
    const saved = state === undefined ? undefined : savedParts(state, ['epoch', 'at'], 'Dataset.iterate');
    this.#epoch = saved ? savedCount(saved.epoch, 'Dataset.iterate') : epoch;
    requireWhole(this.#epoch, 'epoch', 'Dataset.iterate');
    this.#cursor = source.open(this.#epoch, saved?.at);
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    if (this.#isOver) return OVER;
    try {
      const value = await this.#cursor.next();
      return value === END ? await this.return() : { done: false, value };
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    if (!this.#isOver) {
      this.#isOver = true;
      await this.#cursor.close();
    }
    return OVER;
  }

  state(): Json {
    return { epoch: this.#epoch, at: this.#cursor.state() };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
