import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import type { Batched } from './element.ts';
import { isPromise } from './maybe-promise.ts';
import { type RandomAccess, type Source, sourceOf, type View } from './source.ts';
import { requireWhole } from './whole-number.ts';

/** Options of `Dataset.batch` and `Dataset.paddedBatch`. */
export interface BatchOptions {
  /** Leaves out the last batch where it is smaller. Default false. */
  readonly dropRemainder?: boolean;
}

/** Makes one batch of elements. */
export type Stack = (elements: readonly unknown[]) => Promise<unknown>;

/** Consecutive elements put together. Random access stays. @param gathers whether `stack` is what a view's gather does */
export function batched<T>(
  source: Source<T>,
  batchSize: number,
  { dropRemainder = false }: BatchOptions,
  stacking: { readonly stack: Stack; readonly gathers: boolean },
): Source<Batched<T>> {
  requireWhole(batchSize, 'batchSize', 'Dataset.batch', 1);
  const count = (size: number) => (dropRemainder ? Math.floor : Math.ceil)(size / batchSize);
  const { access, size } = source;
  if (access) return sourceOf(batchAccess(access, batchSize, count(access.size), stacking));
  return {
    size: size === undefined ? undefined : count(size),
    access: undefined,
    open: (epoch, state) =>
      new BatchCursor(source.open(epoch, state), { batchSize, dropRemainder, stack: stacking.stack }),
  };
}

function batchAccess<T>(
  access: RandomAccess<T>,
  batchSize: number,
  size: number,
  { stack, gathers }: { readonly stack: Stack; readonly gathers: boolean },
): RandomAccess<Batched<T>> {
  return {
    size,
    view: async (epoch): Promise<View<Batched<T>>> => {
      const { get, gather } = await access.view(epoch);
      return {
        get: async (batch) => {
          const start = batch * batchSize;
          const length = Math.min(batchSize, access.size - start);
          const indices = Int32Array.from({ length }, (_, i) => start + i);
          if (gather && gathers) return gather(indices) as Batched<T>;
          const elements = Array.from(indices, (index) => get(index));
          const ready = elements.some(isPromise) ? await Promise.all(elements) : elements;
          return (await stack(ready)) as Batched<T>;
        },
      };
    },
  };
}

interface Batching {
  readonly batchSize: number;
  readonly dropRemainder: boolean;
  readonly stack: Stack;
}

/** Its state is that of the source: between batches nothing is held back. */
class BatchCursor<T> implements Cursor<Batched<T>> {
  readonly #source: Cursor<T>;
  readonly #batching: Batching;

  constructor(source: Cursor<T>, batching: Batching) {
    this.#source = source;
    this.#batching = batching;
  }

  async next(): Promise<Batched<T> | typeof END> {
    const { batchSize, dropRemainder, stack } = this.#batching;
    const elements: T[] = [];
    while (elements.length < batchSize) {
      const element = await this.#source.next();
      if (element === END) break;
      elements.push(element);
    }
    const isTooFew = elements.length === 0 || (dropRemainder && elements.length < batchSize);
    return isTooFew ? END : ((await stack(elements)) as Batched<T>);
  }

  state(): Json {
    return this.#source.state();
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
