import { AntlerValueError, at } from '../../util/errors.ts';
import type { Json } from '../../util/exact-json.ts';
import type { Stack } from './batched.ts';
import { type Cursor, END } from './cursor.ts';
import type { Batched } from './element.ts';
import { savedCount } from './saved-state.ts';
import type { Source } from './source.ts';
import { requireWhole } from './whole-number.ts';

/** Options of `Dataset.bucketByLength`. */
export interface BucketOptions<T> {
  /** Length of an element. */
  readonly length: (element: T) => number;
  /** Rising lengths: bucket i takes those below `boundaries[i]`, one more bucket all longer ones. */
  readonly boundaries: readonly number[];
  /** Elements of a batch: in all buckets, or in each of the `boundaries.length + 1`. */
  readonly batchSize: number | readonly number[];
  /** Fills shorter elements up. Default 0. */
  readonly paddingValue?: number;
  /** Leaves out batches that are not full at the end. Default false. */
  readonly dropRemainder?: boolean;
}

interface Buckets<T> {
  readonly length: (element: T) => number;
  readonly boundaries: readonly number[];
  readonly batchSizes: readonly number[];
  readonly dropRemainder: boolean;
  readonly stack: Stack;
}

/** Batches of elements of about the same length, given out as they fill up. */
export function bucketed<T>(source: Source<T>, options: BucketOptions<T>, stack: Stack): Source<Batched<T>> {
  const buckets = bucketsOf(options, stack);
  return {
    size: undefined,
    access: undefined,
    open: (epoch, state) =>
      new BucketCursor(source.open(epoch), buckets, state === undefined ? 0 : savedCount(state, 'iterate')),
  };
}

function bucketsOf<T>(options: BucketOptions<T>, stack: Stack): Buckets<T> {
  const { length, boundaries, batchSize, dropRemainder = false } = options;
  const where = 'Dataset.bucketByLength';
  if (boundaries.some((boundary, i) => !(boundary > (boundaries[i - 1] ?? 0)))) {
    throw new AntlerValueError({
      where,
      expected: 'boundaries that are positive and rise',
      got: `[${boundaries.join(', ')}]`,
    });
  }
  const count = boundaries.length + 1;
  const batchSizes = typeof batchSize === 'number' ? new Array<number>(count).fill(batchSize) : batchSize;
  if (batchSizes.length !== count) {
    throw new AntlerValueError({
      where,
      expected: `${count} batch sizes, one more than boundaries`,
      got: `${batchSizes.length}`,
    });
  }
  for (const size of batchSizes) requireWhole(size, 'batchSize', where, 1);
  return { length, boundaries, batchSizes, dropRemainder, stack };
}

/** What waits in the buckets is no JSON, so that a saved pass is run through again to where it stood. */
class BucketCursor<T> implements Cursor<Batched<T>> {
  readonly #source: Cursor<T>;
  readonly #buckets: Buckets<T>;
  readonly #waiting: T[][];
  #behind: number;
  #given: number;
  #isOver = false;

  constructor(source: Cursor<T>, buckets: Buckets<T>, given: number) {
    this.#source = source;
    this.#buckets = buckets;
    this.#waiting = buckets.batchSizes.map(() => []);
    this.#behind = given;
    this.#given = given;
  }

  async next(): Promise<Batched<T> | typeof END> {
    for (; this.#behind > 0; this.#behind--) await this.#nextGroup();
    const group = await this.#nextGroup();
    if (!group) return END;
    const batch = (await this.#buckets.stack(group)) as Batched<T>;
    this.#given++;
    return batch;
  }

  state(): Json {
    return this.#given;
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  async #nextGroup(): Promise<readonly T[] | undefined> {
    while (!this.#isOver) {
      const element = await this.#source.next();
      if (element === END) {
        this.#isOver = true;
        break;
      }
      const bucket = this.#bucketOf(element);
      const waiting = at(this.#waiting, bucket);
      waiting.push(element);
      if (waiting.length === at(this.#buckets.batchSizes, bucket)) return waiting.splice(0);
    }
    if (this.#buckets.dropRemainder) return undefined;
    return this.#waiting.find((waiting) => waiting.length > 0)?.splice(0);
  }

  #bucketOf(element: T): number {
    const { boundaries, length } = this.#buckets;
    const elementLength = length(element);
    const bucket = boundaries.findIndex((boundary) => elementLength < boundary);
    return bucket < 0 ? boundaries.length : bucket;
  }
}
