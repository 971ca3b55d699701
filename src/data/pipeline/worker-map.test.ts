import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AntlerDataError, AntlerValueError } from '../../util/errors.ts';
import { fromArray } from '../sources/array.ts';
import { fromTensors } from '../sources/tensors.ts';

const MODULE = `
import { threadId } from 'node:worker_threads';
export async function slowest(x, { index, epoch }) {
  await new Promise((resolve) => setTimeout(resolve, index % 3 === 0 ? 15 : 1));
  if (x === 17) throw new RangeError('seventeen');
  return { x: x * 10, place: [epoch, index], threadId };
}
export function halved([image, label]) {
  return [{ data: image.data.map((value) => value / 2), shape: image.shape }, label];
}
export function die() { process.exit(3); }
export const number = 3;
`;

let folder: string;
let module: URL;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-workers-'));
  const path = join(folder, 'augment.mjs');
  await writeFile(path, MODULE);
  module = pathToFileURL(path);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Result {
  readonly x: number;
  readonly place: readonly number[];
  readonly threadId: number;
}

const upTo = (count: number) => fromArray(Array.from({ length: count }, (_, i) => i));

describe('map in worker threads', () => {
  it('keeps the order and tells places, in several threads', async () => {
    const dataset = upTo(12).map<Result>({ module, export: 'slowest', workers: 3 });
    const results: Result[] = [];
    for await (const result of dataset.iterate({ epoch: 2 })) results.push(result);
    expect(results.map(({ x }) => x)).toEqual(Array.from({ length: 12 }, (_, i) => 10 * i));
    expect(results.map(({ place }) => place)).toEqual(Array.from({ length: 12 }, (_, i) => [2, i]));
    expect(new Set(results.map(({ threadId }) => threadId)).size).toBe(3);
    expect(dataset.size).toBe(12);
  });

  it('goes on from every place', async () => {
    const dataset = upTo(9)
      .shuffle()
      .map<Result>({ module, export: 'slowest', workers: 2 })
      .map(({ x }) => x);
    const all = await dataset.toArray();
    for (const given of [0, 4, 9]) {
      const iterator = dataset.iterate();
      for (let i = 0; i < given; i++) await iterator.next();
      const state = iterator.state();
      await iterator.return();
      const rest: number[] = [];
      for await (const x of dataset.iterate({ state })) rest.push(x);
      expect(rest).toEqual(all.slice(given));
    }
  });

  it('copies arrays there and back', async () => {
    const pairs = fromTensors([{ data: Float32Array.of(2, 4, 6, 8), shape: [2, 2] }, Uint8Array.of(1, 2)]);
    const [batch] = await pairs.map({ module, export: 'halved', workers: 1 }).batch(2).toArray();
    expect(batch).toEqual([
      { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] },
      { data: Float32Array.of(1, 2), shape: [2] },
    ]);
  });

  it('says which element failed, and why', async () => {
    const failing = (name: string, elements = upTo(20)) =>
      elements.map({ module, export: name, workers: 2 }).toArray();
    await expect(failing('slowest')).rejects.toThrow(AntlerDataError);
    await expect(failing('slowest')).rejects.toThrow(
      "Dataset.map in a worker, element 17 of epoch 0: expected a function that takes this element, got the error 'seventeen'",
    );
    await expect(failing('nothing')).rejects.toThrow(/element 0 .* exports no function 'nothing'/);
    await expect(failing('number')).rejects.toThrow(/exports no function 'number'/);
    await expect(failing('die')).rejects.toThrow(/element 0 .* got the error 'the worker has ended'/);
    const functions = fromArray([() => 1]) as never;
    await expect(failing('slowest', functions)).rejects.toThrow(/element 0 .* could not be cloned/);
    const missing = upTo(2).map({ module: new URL('missing.mjs', module), export: 'x', workers: 1 });
    await expect(missing.toArray()).rejects.toThrow(/element 0 .*'Cannot find module/);
    expect(() => upTo(2).map({ module, export: 'slowest', workers: 0 })).toThrow(AntlerValueError);
  });
});
