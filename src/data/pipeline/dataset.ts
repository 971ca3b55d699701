import { type BatchOptions, batched } from './batched.ts';
import { type BucketOptions, bucketed } from './bucketed.ts';
import { cached } from './cached.ts';
import type { Batched } from './element.ts';
import { interleaved } from './interleaved.ts';
import type { DatasetIterator, IterateOptions } from './iterator.ts';
import { concatenated, zipped } from './joined.ts';
import { stackPadded } from './padded-stack.ts';
import { Pass } from './pass.ts';
import { prefetched } from './read-ahead.ts';
import { repeated } from './repeated.ts';
import { skipped, taken } from './resized.ts';
import { type ShuffleOptions, shuffled } from './shuffled.ts';
import type { Source } from './source.ts';
import { stackElements } from './stack.ts';
import { filtered, type Mapper, mapped } from './transform.ts';
import { requireWhole } from './whole-number.ts';
import { mappedInWorkers, type WorkerMapper } from './worker-map.ts';

/**
 * Elements that come one after the other, and steps on their way. Nothing is read before somebody iterates. Every
 * pass can be repeated exactly, and be gone on with from any place in it; see `iterate`. Names and meaning as in
 * TensorFlow.js and `tf.data`.
 */
export class Dataset<T> implements AsyncIterable<T> {
  readonly #source: Source<T>;

  /** Not for users: datasets come from `data.fromTensors(...)` and its kind. */
  constructor(source: Source<T>) {
    this.#source = source;
  }

  /** Elements of a pass: Infinity if it never ends, undefined if that shows only at its end. */
  get size(): number | undefined {
    return this.#source.size;
  }

  /**
   * One pass: from the start of an epoch, or from a place that `state()` of an earlier pass has given.
   * @throws AntlerDataError for the state of another pipeline
   */
  iterate(options: IterateOptions = {}): DatasetIterator<T> {
    return new Pass(this.#source, options);
  }

  /** A pass over epoch 0. */
  [Symbol.asyncIterator](): DatasetIterator<T> {
    return this.iterate();
  }

  /**
   * Every element through a function, here or in worker threads. Keeps random access but in workers.
   * @throws AntlerDataError, while iterating, that names the element for which the function threw
   */
  map<U>(map: Mapper<T, U>): Dataset<U>;
  map<U = unknown>(map: WorkerMapper): Dataset<U>;
  map<U>(map: Mapper<T, U> | WorkerMapper): Dataset<U> {
    const source = this.#source;
    return new Dataset<U>(typeof map === 'function' ? mapped(source, map) : mappedInWorkers(source, map));
  }

  /** The elements for which a function gives true. */
  filter(keep: Mapper<T, boolean>): Dataset<T> {
    return new Dataset(filtered(this.#source, keep));
  }

  /** Pairs of place and element. */
  enumerate(): Dataset<readonly [index: number, element: T]> {
    return this.map((element, { index }) => [index, element] as const);
  }

  /**
   * Another order, decided by seed and epoch alone. With random access (tensors, arrays, folders, also mapped, taken,
   * batched) all elements are mixed; a stream is mixed within a buffer, and a saved pass over it is run through again
   * to where it stood.
   * @param options buffer size, or more; as TensorFlow.js the size alone will do
   * @throws AntlerValueError for a stream without buffer size
   */
  shuffle(options: ShuffleOptions | number = {}): Dataset<T> {
    const given = typeof options === 'number' ? { bufferSize: options } : options;
    return new Dataset(shuffled(this.#source, given));
  }

  /** Consecutive elements as one; see `Batched`. @throws AntlerShapeError, while iterating, if shapes differ */
  batch(batchSize: number, options: BatchOptions = {}): Dataset<Batched<T>> {
    const stacking = { stack: stackElements, gathers: true };
    return new Dataset(batched(this.#source, batchSize, options, stacking));
  }

  /** As `batch`, for arrays of unequal extents: each is filled up behind its axes to the longest of the batch. */
  paddedBatch(
    batchSize: number,
    { paddingValue = 0, ...options }: BatchOptions & { readonly paddingValue?: number } = {},
  ): Dataset<Batched<T>> {
    const stack = (elements: readonly unknown[]) => stackPadded(elements, paddingValue);
    return new Dataset(batched(this.#source, batchSize, options, { stack, gathers: false }));
  }

  /**
   * Padded batches of elements of about the same length, which wastes less than padding all alike. A saved pass is run
   * through again to where it stood. As `tf.data`'s `bucket_by_sequence_length`.
   */
  bucketByLength(options: BucketOptions<T>): Dataset<Batched<T>> {
    const stack = (elements: readonly unknown[]) => stackPadded(elements, options.paddingValue ?? 0);
    return new Dataset(bucketed(this.#source, options, stack));
  }

  /** Pass behind pass, each in its own order if shuffled before. @param count passes; without it no end */
  repeat(count = Infinity): Dataset<T> {
    if (count !== Infinity) requireWhole(count, 'count', 'Dataset.repeat');
    return new Dataset(repeated(this.#source, count));
  }

  /** The first `count` elements, or all if there are fewer. */
  take(count: number): Dataset<T> {
    return new Dataset(taken(this.#source, requireWhole(count, 'count', 'Dataset.take')));
  }

  /** All but the first `count` elements. */
  skip(count: number): Dataset<T> {
    return new Dataset(skipped(this.#source, requireWhole(count, 'count', 'Dataset.skip')));
  }

  /** These elements, then those of another dataset. */
  concatenate(other: Dataset<T>): Dataset<T> {
    return new Dataset(concatenated(this.#source, other.#source));
  }

  /** Elements of this and of other datasets in turn, until all are at their end. */
  interleave(...others: readonly Dataset<T>[]): Dataset<T> {
    return new Dataset(interleaved([this, ...others].map((dataset) => dataset.#source)));
  }

  /** Pairs of elements, as many as the shorter dataset has. */
  zip<U>(other: Dataset<U>): Dataset<[T, U]> {
    return new Dataset(zipped([this.#source, other.#source]) as Source<unknown> as Source<[T, U]>);
  }

  /** Keeps the elements in memory: what comes before this step is done once, for epoch 0. */
  cache(): Dataset<T> {
    return new Dataset(cached(this.#source));
  }

  /** Reads up to `count` elements ahead, while what was read is worked on. */
  prefetch(count: number): Dataset<T> {
    return new Dataset(prefetched(this.#source, requireWhole(count, 'count', 'Dataset.prefetch', 1)));
  }

  /** Calls a function for every element of epoch 0, and waits for it. */
  async forEachAsync(visit: (element: T) => unknown): Promise<void> {
    for await (const element of this) await visit(element);
  }

  /** All elements of epoch 0. */
  async toArray(): Promise<T[]> {
    const elements: T[] = [];
    for await (const element of this) elements.push(element);
    return elements;
  }
}
