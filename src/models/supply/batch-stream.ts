import type { Dataset } from '../../data/pipeline/dataset.ts';
import type { DatasetIterator } from '../../data/pipeline/iterator.ts';
import type { Resumable } from '../../data/resumable.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { isJsonObject, type Json } from '../../util/exact-json.ts';
import { type BatchSource, isOneShot, toDataset } from './batch-source.ts';

/** A batch that was looked at before its time. */
interface Peeked {
  readonly batch: unknown;
  /** Where the iterator stood before it. */
  readonly before: Json;
}

/**
 * The batches of all epochs of a training. Where the steps of an epoch are given, it is one stream, pass behind pass,
 * that is cut into epochs of so many; else an epoch is a pass.
 */
export class BatchStream implements Resumable {
  readonly #dataset: Dataset<unknown>;
  readonly #isOneShot: boolean;
  readonly #stepsPerEpoch: number | undefined;
  readonly #where: string;
  #iterator: DatasetIterator<unknown> | undefined;
  #peeked: Peeked | undefined;
  /** Left open by `restore`, which cannot wait for them. */
  #abandoned: DatasetIterator<unknown>[] = [];

  constructor(source: BatchSource, stepsPerEpoch: number | undefined, where: string) {
    const dataset = toDataset(source);
    this.#dataset = stepsPerEpoch === undefined ? dataset : dataset.repeat();
    this.#isOneShot = isOneShot(source);
    this.#stepsPerEpoch = stepsPerEpoch;
    this.#where = where;
  }

  /** Batches of a pass, where that is known. */
  get size(): number | undefined {
    return this.#dataset.size;
  }

  /** Opens an epoch behind its first `step` batches, unless the stream already stands there. */
  async begin(epoch: number, step: number): Promise<void> {
    if (this.#iterator) return;
    const perEpoch = this.#stepsPerEpoch;
    this.#iterator = this.#dataset.iterate({ epoch: perEpoch === undefined ? epoch : 0 });
    const behind = perEpoch === undefined ? step : epoch * perEpoch + step;
    for (let i = 0; i < behind; i++) await this.#iterator.next();
  }

  /** The next batch, which stays the next. */
  async peek(): Promise<unknown> {
    const before = this.#iterator?.state() ?? null;
    const batch = await this.next();
    if (batch !== undefined) this.#peeked = { batch, before };
    return batch;
  }

  /** The first batch of epoch 0, read in a pass of its own. */
  async first(): Promise<unknown> {
    for await (const batch of this.#dataset) return batch;
    return undefined;
  }

  /** The next batch of the pass; undefined behind the last. */
  async next(): Promise<unknown> {
    if (this.#peeked) {
      const { batch } = this.#peeked;
      this.#peeked = undefined;
      return batch;
    }
    const result = await this.#iterator?.next();
    if (result && !result.done) return result.value;
    this.#iterator = undefined;
    return undefined;
  }

  state(): Json {
    return { iterator: this.#peeked?.before ?? this.#iterator?.state() ?? null };
  }

  restore(state: Json): void {
    if (this.#isOneShot) {
      throw new AntlerDataError({
        where: this.#where,
        expected: 'data that can be gone through again, to go on in its middle',
        got: 'the object of a generator',
        fix: 'use data.fromGenerator(function)',
      });
    }
    const saved = isJsonObject(state) ? state.iterator : undefined;
    if (saved === undefined) {
      throw new AntlerDataError({
        where: this.#where,
        expected: 'the place in a dataset',
        got: 'other data',
      });
    }
    const iterator = saved === null ? undefined : this.#dataset.iterate({ state: saved });
    if (this.#iterator) this.#abandoned.push(this.#iterator);
    this.#iterator = iterator;
    this.#peeked = undefined;
  }

  async close(): Promise<void> {
    for (const iterator of this.#abandoned.splice(0)) await iterator.return();
    await this.#iterator?.return();
    this.#iterator = undefined;
  }
}
