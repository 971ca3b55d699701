import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import { savedCount } from './saved-state.ts';
import type { Source } from './source.ts';

/** Keeps the elements of epoch 0 in memory, from the first time they are asked for. */
export function cached<T>(source: Source<T>): Source<T> {
  const memory = new Memory(source);
  const { size } = source;
  return {
    size,
    access:
      size === undefined || size === Infinity || !source.access
        ? undefined
        : { size, view: () => ({ get: (index) => memory.at(index) as Promise<T> }) },
    open: (_epoch, state) => new CacheCursor(memory, state === undefined ? 0 : savedCount(state, 'iterate')),
  };
}

/** The elements so far, and the pass that brings more. */
class Memory<T> {
  readonly #source: Source<T>;
  readonly #elements: T[] = [];
  #cursor: Cursor<T> | undefined;
  #isComplete = false;
  /** Passes at the same time must not read the same element twice. */
  #reading: Promise<unknown> = Promise.resolve();

  constructor(source: Source<T>) {
    this.#source = source;
  }

  async at(index: number): Promise<T | typeof END> {
    if (index >= this.#elements.length && !this.#isComplete) {
      this.#reading = this.#reading.then(() => this.#readTo(index));
      await this.#reading;
    }
    return index < this.#elements.length ? (this.#elements[index] as T) : END;
  }

  async #readTo(index: number): Promise<void> {
    this.#cursor ??= this.#source.open(0);
    while (this.#elements.length <= index && !this.#isComplete) {
      const element = await this.#cursor.next();
      if (element !== END) this.#elements.push(element);
      else {
        this.#isComplete = true;
        await this.#cursor.close();
      }
    }
  }
}

class CacheCursor<T> implements Cursor<T> {
  readonly #memory: Memory<T>;
  #position: number;

  constructor(memory: Memory<T>, position: number) {
    this.#memory = memory;
    this.#position = position;
  }

  async next(): Promise<T | typeof END> {
    const element = await this.#memory.at(this.#position);
    if (element !== END) this.#position++;
    return element;
  }

  state(): Json {
    return this.#position;
  }

  /** The elements stay for other passes. */
  async close(): Promise<void> {}
}
