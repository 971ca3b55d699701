import { NumberStream } from '../../random/number-stream.ts';
import { permutationOf } from '../../random/permutation.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import { savedCount } from './saved-state.ts';
import { type RandomAccess, type Source, sourceOf } from './source.ts';
import { requireWhole } from './whole-number.ts';

/** Options of `Dataset.shuffle`. */
export interface ShuffleOptions {
  /**
   * Elements to draw from where the order of the data is that of a stream; looked at only there. Without random
   * access it has to be given.
   */
  readonly bufferSize?: number;
  /** Whole number in [0, 2^53). Default 0. */
  readonly seed?: number;
  /** Another order in every epoch. Default true. */
  readonly reshuffleEachIteration?: boolean;
}

/** Another order, decided by seed and epoch alone: of all elements with random access, else within a buffer. */
export function shuffled<T>(source: Source<T>, options: ShuffleOptions): Source<T> {
  const { bufferSize, seed = 0, reshuffleEachIteration = true } = options;
  const { access } = source;
  requireWhole(seed, 'seed', 'Dataset.shuffle');
  const epochOf = (epoch: number) => (reshuffleEachIteration ? epoch : 0);
  if (access) return sourceOf(permuted(access, (epoch) => permutationOf(access.size, seed, epochOf(epoch))));
  if (bufferSize === undefined) {
    throw new AntlerValueError({
      where: 'Dataset.shuffle',
      expected: 'bufferSize, the number of elements to draw from',
      got: 'none, for elements that come as a stream',
      fix: 'give bufferSize, or call shuffle before filter, batches of unequal size and the like',
    });
  }
  requireWhole(bufferSize, 'bufferSize', 'Dataset.shuffle', 1);
  return {
    size: source.size,
    access: undefined,
    open: (epoch, state) =>
      new BufferCursor(
        source.open(epoch),
        bufferSize,
        new NumberStream(seed, epochOf(epoch)),
        state === undefined ? 0 : savedCount(state, 'iterate'),
      ),
  };
}

function permuted<T>(access: RandomAccess<T>, orderOf: (epoch: number) => Int32Array): RandomAccess<T> {
  return {
    size: access.size,
    view: async (epoch) => {
      const { get, gather } = await access.view(epoch);
      const order = orderOf(epoch);
      return {
        get: (index) => get(at(order, index)),
        ...(gather && { gather: (indices) => gather(indices.map((index) => at(order, index))) }),
      };
    },
  };
}

/**
 * Draws from a buffer that the source keeps full. What lies in the buffer is no JSON, so that a saved pass is run
 * through again to where it stood.
 */
class BufferCursor<T> implements Cursor<T> {
  readonly #source: Cursor<T>;
  readonly #capacity: number;
  readonly #numbers: NumberStream;
  readonly #buffer: T[] = [];
  #behind: number;
  #given: number;
  #isOver = false;

  constructor(source: Cursor<T>, capacity: number, numbers: NumberStream, given: number) {
    this.#source = source;
    this.#capacity = capacity;
    this.#numbers = numbers;
    this.#behind = given;
    this.#given = given;
  }

  async next(): Promise<T | typeof END> {
    while (this.#behind > 0) {
      this.#behind--;
      if ((await this.#draw()) === END) return END;
    }
    const element = await this.#draw();
    if (element !== END) this.#given++;
    return element;
  }

  state(): Json {
    return this.#given;
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  async #draw(): Promise<T | typeof END> {
    while (this.#buffer.length < this.#capacity && !this.#isOver) {
      const element = await this.#source.next();
      if (element === END) this.#isOver = true;
      else this.#buffer.push(element);
    }
    if (this.#buffer.length === 0) return END;
    const place = this.#numbers.below(this.#buffer.length);
    const drawn = this.#buffer[place] as T;
    const last = this.#buffer.pop() as T;
    if (place < this.#buffer.length) this.#buffer[place] = last;
    return drawn;
  }
}
