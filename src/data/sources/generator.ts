import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END, skipElements } from '../pipeline/cursor.ts';
import { Dataset } from '../pipeline/dataset.ts';
import { savedCount } from '../pipeline/saved-state.ts';

/** Makes the elements of a pass: `async function* ({ epoch }) { ... }`, or a function that gives an array. */
export type ElementGenerator<T> = (pass: { readonly epoch: number }) => Iterable<T> | AsyncIterable<T>;

/**
 * The elements that a generator function yields. A saved pass begins anew and leaves out what was given before, so that
 * the function should yield the same when asked for the same epoch again. As `tf.data.generator`.
 */
export function fromGenerator<T>(generate: ElementGenerator<T>): Dataset<T> {
  return new Dataset({
    size: undefined,
    access: undefined,
    open: (epoch, state) =>
      new GeneratorCursor(generate, epoch, state === undefined ? 0 : savedCount(state, 'iterate')),
  });
}

class GeneratorCursor<T> implements Cursor<T> {
  readonly #generate: ElementGenerator<T>;
  readonly #epoch: number;
  #iterator: Iterator<T> | AsyncIterator<T> | undefined;
  #behind: number;
  #given = 0;

  constructor(generate: ElementGenerator<T>, epoch: number, behind: number) {
    this.#generate = generate;
    this.#epoch = epoch;
    this.#behind = behind;
  }

  async next(): Promise<T | typeof END> {
    this.#iterator ??= iteratorOf(this.#generate({ epoch: this.#epoch }));
    if (this.#behind > 0) {
      const count = this.#behind;
      this.#behind = 0;
      await skipElements(this, count);
    }
    const { done, value } = await this.#iterator.next();
    if (done) return END;
    this.#given++;
    return value;
  }

  state(): Json {
    return this.#given + this.#behind;
  }

  async close(): Promise<void> {
    await this.#iterator?.return?.();
  }
}

function iteratorOf<T>(elements: Iterable<T> | AsyncIterable<T>): Iterator<T> | AsyncIterator<T> {
  return Symbol.asyncIterator in elements ? elements[Symbol.asyncIterator]() : elements[Symbol.iterator]();
}
