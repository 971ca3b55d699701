import { describe, expect, it } from 'vitest';
import { AntlerDataError } from '../../util/errors.ts';
import { fromArray } from '../sources/array.ts';
import { fromGenerator } from '../sources/generator.ts';
import { fromTensors } from '../sources/tensors.ts';
import type { Dataset } from './dataset.ts';

const listed = fromArray(Array.from({ length: 23 }, (_, i) => i));
const streamed = fromGenerator(async function* ({ epoch }) {
  for (let i = 0; i < 23; i++) yield 100 * epoch + i;
});

const PIPELINES: Record<string, Dataset<unknown>> = {
  array: listed,
  generator: streamed,
  tensors: fromTensors([Float32Array.from({ length: 23 }, Math.sqrt), new Uint8Array(23)])
    .shuffle()
    .batch(4),
  'shuffled and batched': listed.shuffle({ seed: 2 }).batch(4),
  'stream, shuffled and batched': streamed
    .map((x) => x * 3)
    .shuffle(5)
    .batch(4),
  'map and filter': streamed.map((x, { index }) => x + index).filter((x) => x % 3 === 0),
  'take and skip': streamed.skip(3).take(17),
  'take and skip, listed': listed.skip(3).take(17).batch(3, { dropRemainder: true }),
  repeat: streamed.take(5).repeat(4),
  'shuffle and repeat': listed.shuffle().repeat(2).batch(3),
  concatenate: streamed.concatenate(listed),
  interleave: streamed.interleave(listed.shuffle(), streamed.take(3)),
  zip: streamed.zip(listed.shuffle()).batch(2),
  cache: streamed.cache().map((x) => x + 1),
  buckets: listed.shuffle().bucketByLength({ length: (x) => x, boundaries: [5, 9], batchSize: 4 }),
  prefetch: listed
    .shuffle()
    .map((x) => x * 2)
    .prefetch(4)
    .batch(3),
  padded: streamed.map((x) => new Float32Array(x % 4)).paddedBatch(3),
};

describe('a pass', () => {
  it.each(Object.entries(PIPELINES))('of %s goes on from every place', async (_name, dataset) => {
    for (const epoch of [0, 2]) {
      const elements: unknown[] = [];
      const states: string[] = [];
      const iterator = dataset.iterate({ epoch });
      for (;;) {
        states.push(JSON.stringify(iterator.state()));
        const { done, value } = await iterator.next();
        if (done) break;
        elements.push(value);
      }
      expect(elements.length).toBeGreaterThan(3);
      for (const [given, state] of states.entries()) {
        const rest: unknown[] = [];
        const resumed = dataset.iterate({ state: JSON.parse(state) });
        expect(JSON.stringify(resumed.state())).toBe(state);
        for await (const element of resumed) rest.push(element);
        expect(rest).toEqual(elements.slice(given));
      }
    }
  });

  it('refuses the state of another pipeline', () => {
    const { at, epoch } = streamed.batch(2).iterate().state() as { at: number; epoch: number };
    expect(() => listed.shuffle().repeat().iterate({ state: { at, epoch } })).toThrow(AntlerDataError);
    for (const state of [3, null, {}, { epoch: -1, at: 0 }, { epoch: 0, at: { pass: 0, source: 1.5 } }]) {
      expect(() => listed.repeat().iterate({ state })).toThrow(
        /expected the state of an iterator of this very pipeline .* build the pipeline as it was when the state was saved/,
      );
    }
  });
});
