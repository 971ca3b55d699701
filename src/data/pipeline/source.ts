import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import { isPromise } from './maybe-promise.ts';
import { savedCount } from './saved-state.ts';

/** Where a stage's elements come from. */
export interface Source<T> {
  /** Elements of a pass: Infinity if it never ends, undefined if that shows only at the end. */
  readonly size: number | undefined;
  /** The same elements by place, where that costs no reading of those before. */
  readonly access: RandomAccess<T> | undefined;
  /** Begins a pass, or goes on with one. @throws AntlerDataError for the state of another pipeline */
  open(epoch: number, state?: Json): Cursor<T>;
}

/** Elements that can be had in any order. */
export interface RandomAccess<T> {
  readonly size: number;
  view(epoch: number): View<T> | Promise<View<T>>;
}

/** The elements of one pass by place, 0 to size - 1. */
export interface View<T> {
  get(index: number): T | Promise<T>;
  /** What stacking these elements would give, where the stage has it cheaper. */
  readonly gather?: (indices: Int32Array) => unknown;
}

/** The source that goes through elements in order. */
export function sourceOf<T>(access: RandomAccess<T>): Source<T> {
  return {
    size: access.size,
    access,
    open: (epoch, state) =>
      new AccessCursor(access, epoch, state === undefined ? 0 : savedCount(state, 'iterate')),
  };
}

class AccessCursor<T> implements Cursor<T> {
  readonly #access: RandomAccess<T>;
  readonly #epoch: number;
  #view: View<T> | undefined;
  #position: number;

  constructor(access: RandomAccess<T>, epoch: number, position: number) {
    this.#access = access;
    this.#epoch = epoch;
    this.#position = position;
  }

  async next(): Promise<T | typeof END> {
    if (this.#position >= this.#access.size) return END;
    this.#view ??= await this.#access.view(this.#epoch);
    const element = this.#view.get(this.#position);
    const ready = isPromise(element) ? await element : element;
    this.#position++;
    return ready;
  }

  state(): Json {
    return this.#position;
  }

  async close(): Promise<void> {
    this.#view = undefined;
  }
}
