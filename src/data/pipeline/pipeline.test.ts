import { describe, expect, it } from 'vitest';
import { tensor } from '../../ops/create.ts';
import { AntlerDataError, AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { fromArray } from '../sources/array.ts';
import { fromGenerator } from '../sources/generator.ts';
import { fromTensors } from '../sources/tensors.ts';
import type { Dataset } from './dataset.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const listed = (count = 10) => fromArray(upTo(count));
const streamed = (count = 10) =>
  fromGenerator(function* ({ epoch }) {
    for (let i = 0; i < count; i++) yield i + 100 * epoch;
  });

async function epochOf<T>(dataset: Dataset<T>, epoch: number): Promise<T[]> {
  const elements: T[] = [];
  for await (const element of dataset.iterate({ epoch })) elements.push(element);
  return elements;
}

describe('steps', () => {
  for (const [kind, make] of [['listed', listed] as const, ['streamed', streamed] as const]) {
    it(`of ${kind} elements: map, filter, take, skip, concatenate, zip, enumerate, repeat`, async () => {
      const ten = make();
      expect(await ten.map((x) => x * 2).toArray()).toEqual(upTo(10).map((x) => x * 2));
      expect(await ten.filter((x) => x % 2 === 0).toArray()).toEqual([0, 2, 4, 6, 8]);
      expect(await ten.skip(2).take(3).toArray()).toEqual([2, 3, 4]);
      expect(await ten.take(99).toArray()).toEqual(upTo(10));
      expect(await ten.skip(99).toArray()).toEqual([]);
      expect(await ten.take(2).concatenate(make(3)).toArray()).toEqual([0, 1, 0, 1, 2]);
      expect(await ten.take(4).interleave(make(1), make(2)).toArray()).toEqual([0, 0, 0, 1, 1, 2, 3]);
      expect(await ten.zip(make(2)).toArray()).toEqual([
        [0, 0],
        [1, 1],
      ]);
      expect(await ten.skip(8).enumerate().toArray()).toEqual([
        [0, 8],
        [1, 9],
      ]);
      expect(await make(0).repeat().toArray()).toEqual([]);
      const twice = await make(2).repeat(2).toArray();
      expect(twice).toEqual(kind === 'listed' ? [0, 1, 0, 1] : [0, 1, 100, 101]);
      expect(await make(2).cache().repeat(2).toArray()).toEqual([0, 1, 0, 1]);
      expect(await ten.prefetch(3).toArray()).toEqual(upTo(10));
    });
  }

  it('know their sizes where that is known', () => {
    const ten = listed();
    expect(ten.batch(3).size).toBe(4);
    expect(ten.batch(3, { dropRemainder: true }).size).toBe(3);
    expect(ten.repeat().size).toBe(Infinity);
    expect(ten.repeat(3).take(25).size).toBe(25);
    expect(ten.zip(ten.skip(4)).size).toBe(6);
    expect(ten.filter(() => true).size).toBeUndefined();
    expect(streamed().map((x) => x).size).toBeUndefined();
  });

  it('read nothing ahead unless told to', async () => {
    const read: number[] = [];
    const watched = (count: number) =>
      fromGenerator(function* () {
        for (let i = 0; i < count; i++) {
          read.push(i);
          yield i;
        }
      });
    await watched(9).take(2).toArray();
    expect(read.splice(0)).toEqual([0, 1]);
    const iterator = watched(9).prefetch(3).iterate();
    await iterator.next();
    await new Promise((resolve) => setTimeout(resolve)); // reading goes on meanwhile
    await iterator.return();
    expect(read).toEqual([0, 1, 2, 3]);
  });

  it('tell a mapping function where the element stands, and the user where it failed', async () => {
    const places = listed(2).map((x, { epoch, index }) => [x, epoch, index]);
    expect(await epochOf(places, 3)).toEqual([
      [0, 3, 0],
      [1, 3, 1],
    ]);
    const failing = listed().map((x) => {
      if (x === 4) throw new RangeError('four');
      return x;
    });
    await expect(failing.toArray()).rejects.toThrow(AntlerDataError);
    await expect(failing.toArray()).rejects.toThrow(
      "Dataset.map, element 4 of epoch 0: expected a function that takes this element, got the error 'four'",
    );
  });

  it('close the source when a loop is left', async () => {
    let isClosed = false;
    const dataset = fromGenerator(function* () {
      try {
        yield* upTo(10);
      } finally {
        isClosed = true;
      }
    });
    for await (const element of dataset.map((x) => x).batch(2)) if (element) break;
    expect(isClosed).toBe(true);
  });

  it('refuse counts that are none', () => {
    expect(() => listed().take(-1)).toThrow(AntlerValueError);
    expect(() => listed().batch(0)).toThrow('Dataset.batch: expected batchSize, a whole number >= 1, got 0');
  });
});

describe('shuffle', () => {
  it('depends on seed and epoch alone', async () => {
    for (const dataset of [
      listed(50).shuffle({ seed: 4 }),
      listed(50)
        .filter(() => true)
        .shuffle({ seed: 4, bufferSize: 8 }),
    ]) {
      const first = await epochOf(dataset, 0);
      expect(await epochOf(dataset, 0)).toEqual(first);
      const second = await epochOf(dataset, 1);
      expect(second).not.toEqual(first);
      expect(second.toSorted((a, b) => a - b)).toEqual(upTo(50));
    }
    const fixed = listed(50).shuffle({ reshuffleEachIteration: false });
    expect(await epochOf(fixed, 5)).toEqual(await epochOf(fixed, 0));
    expect(await listed(50).shuffle({ seed: 5 }).toArray()).not.toEqual(
      await listed(50).shuffle({ seed: 4 }).toArray(),
    );
  });

  it('gives each repetition its own order', async () => {
    const twice = await listed(20).shuffle().repeat(2).toArray();
    expect(twice.slice(0, 20)).not.toEqual(twice.slice(20));
  });

  it('mixes a stream within its buffer', async () => {
    const order = await streamed(100).shuffle(10).toArray();
    expect(order.every((element, place) => element - place < 10)).toBe(true);
    expect(() => streamed().shuffle()).toThrow(
      'Dataset.shuffle: expected bufferSize, the number of elements to draw from, got none',
    );
  });
});

describe('batches', () => {
  it('keep types and structure of tensors, also in another order', async () => {
    const dataset = fromTensors({
      image: tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      label: Uint8Array.of(7, 8, 9),
    });
    expect(await dataset.take(1).toArray()).toEqual([
      { image: { data: Float32Array.of(1, 2), shape: [2] }, label: 7 },
    ]);
    expect(await dataset.skip(1).batch(5).toArray()).toEqual([
      {
        image: { data: Float32Array.of(3, 4, 5, 6), shape: [2, 2] },
        label: { data: Uint8Array.of(8, 9), shape: [2] },
      },
    ]);
    const [all] = await dataset.shuffle().batch(3).toArray();
    const labels = [...(all?.label.data ?? [])];
    expect(labels.toSorted()).toEqual([7, 8, 9]);
    expect([...(all?.image.data ?? [])]).toEqual(labels.flatMap((label) => [2 * label - 13, 2 * label - 12]));
  });

  it('stack numbers, flags, arrays, tensors and strings', async () => {
    const elements = [
      { n: 1, is: true, list: [[1], [2]], typed: Int32Array.of(1), text: 'a', t: tensor([1, 2]) },
      { n: 2, is: false, list: [[3], [4]], typed: Int32Array.of(2), text: 'b', t: tensor([3, 4]) },
    ];
    expect(await fromArray(elements).batch(2).toArray()).toEqual([
      {
        n: { data: Float32Array.of(1, 2), shape: [2] },
        is: { data: Uint8Array.of(1, 0), shape: [2] },
        list: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2, 1] },
        typed: { data: Int32Array.of(1, 2), shape: [2, 1] },
        text: ['a', 'b'],
        t: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] },
      },
    ]);
  });

  it('of pairs are pairs', async () => {
    expect(
      await fromArray([
        [1, 2],
        [3, 4],
      ] as [number, number][])
        .batch(2)
        .toArray(),
    ).toEqual([
      [
        { data: Float32Array.of(1, 3), shape: [2] },
        { data: Float32Array.of(2, 4), shape: [2] },
      ],
    ]);
  });

  it('pad to the longest', async () => {
    const dataset = fromArray([
      {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      { x: [[5, 6, 7]] },
    ]);
    await expect(dataset.batch(2).toArray()).rejects.toThrow(AntlerShapeError);
    await expect(dataset.batch(2).toArray()).rejects.toThrow(
      'batch, element 1.x: expected shape [2, 2], as element 0 has, got [1, 3]; use paddedBatch',
    );
    expect(await dataset.paddedBatch(2, { paddingValue: -1 }).toArray()).toEqual([
      { x: { data: Float32Array.of(1, 2, -1, 3, 4, -1, 5, 6, 7, -1, -1, -1), shape: [2, 2, 3] } },
    ]);
  });

  it('of equal length', async () => {
    const words = fromArray([1, 3, 1, 4, 2, 5].map((length) => new Int32Array(length).fill(length)));
    const batches = await words
      .bucketByLength({ length: (word) => word.length, boundaries: [3], batchSize: [2, 2] })
      .toArray();
    expect(batches.map(({ shape }) => shape)).toEqual([
      [2, 1],
      [2, 4],
      [1, 2],
      [1, 5],
    ]);
  });

  it('say which part differs', async () => {
    await expect(
      fromArray<object>([{ a: 1 }, { b: 1 }])
        .batch(2)
        .toArray(),
    ).rejects.toThrow('batch, element 1: expected the parts a, got b');
    await expect(
      fromArray([{ a: 1 }, { a: null }])
        .batch(2)
        .toArray(),
    ).rejects.toThrow(
      'batch, element 1.a: expected numbers, booleans, arrays, tensors, or strings everywhere, got null',
    );
    expect(() => fromTensors([Float32Array.of(1), Float32Array.of(1, 2)])).toThrow(
      'data.fromTensors: expected tensors of equal length along the first axis, got 1, 2',
    );
  });
});
