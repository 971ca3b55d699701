import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Callback } from '../../callbacks/callback.ts';
import { backupAndRestore } from '../../callbacks/index.ts';
import * as data from '../../data/index.ts';
import type { Dataset } from '../../data/pipeline/dataset.ts';
import * as layers from '../../layers/index.ts';
import { tensor } from '../../ops/create.ts';
import { slice } from '../../ops/shape/slicing.ts';
import { AntlerDataError, AntlerValueError } from '../../util/errors.ts';
import { type Sequential, sequential } from '../sequential.ts';

const COUNT = 22;
const X = { data: Float32Array.from({ length: 2 * COUNT }, (_, i) => Math.sin(3 * i)), shape: [COUNT, 2] };
const Y = Int32Array.from({ length: COUNT }, (_, i) => (i * i) % 3);
const SEED = 5;
const quiet = { verbose: 0 } as const;

function build(): Sequential {
  const model = sequential({
    seed: SEED,
    layers: [
      layers.dense({ units: 6, activation: 'relu', inputShape: [2] }),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

async function bits(model: Sequential): Promise<string> {
  const values = model.stateVariables.map(async (variable) => [...(await variable.read().data())]);
  return JSON.stringify(await Promise.all(values));
}

const pairs = data.fromTensors([X, Y]);
const batches = pairs.shuffle({ seed: SEED }).batch(4);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-supply-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('fit on a dataset', () => {
  it('learns what it learns on the same rows in the same order', async () => {
    const [onRows, onDataset] = [build(), build()];
    const rows = await onRows.fit(X, Y, { ...quiet, batchSize: 4, epochs: 3 });
    const dataset = await onDataset.fit(batches, { ...quiet, epochs: 3 });
    expect(dataset.history).toEqual(rows.history);
    expect(await bits(onDataset)).toBe(await bits(onRows));
  });

  it('takes streams, generators, tensors and the form of TensorFlow.js', async () => {
    const reference = build();
    await reference.fit(X, Y, { ...quiet, batchSize: 11, shuffle: false });
    const x = tensor(Array.from({ length: COUNT }, (_, i) => [...X.data.subarray(2 * i, 2 * i + 2)]));
    const halves = [0, 11].map((start) => ({
      xs: slice(x, [start, 0], [11, 2]),
      ys: Y.slice(start, start + 11),
    }));
    async function* generate() {
      yield* halves;
    }
    const sources = [
      generate(),
      new Set(halves).values(),
      data.fromArray(halves),
      data.fromGenerator(generate),
      pairs.map(([x, y]) => ({ xs: x, ys: y })).batch(11),
    ];
    for (const source of sources) {
      const model = build();
      await model.fit(source, quiet);
      expect(await bits(model)).toBe(await bits(reference));
    }
  });

  it('measures and predicts as on rows', async () => {
    const model = build();
    const { history } = await model.fit(batches, {
      ...quiet,
      epochs: 2,
      validationData: pairs.skip(10).batch(5),
    });
    const figures = await model.evaluate(batches);
    const onRows = await model.evaluate(X, Y);
    expect(figures.loss).toBeCloseTo(onRows.loss ?? 0, 5);
    expect(figures.accuracy).toBe(onRows.accuracy);
    expect(history.valLoss?.length).toBe(2);
    const rest = await model.evaluate(pairs.skip(10).batch(5));
    expect(history.valLoss?.[1]).toBe(rest.loss);
    const predicted = await model.predict(pairs.batch(5));
    expect(predicted.shape).toEqual([COUNT, 3]);
    const expected = await model.predict(X, { batchSize: 5 });
    expect(await predicted.data()).toEqual(await expected.data());
    expect((await model.predict(data.fromTensors(X).batch(4))).shape).toEqual([COUNT, 3]);
    const mixed = await build().fit(X, Y, { ...quiet, validationData: batches });
    expect(mixed.history.valAccuracy?.length).toBe(1);
  });

  it('weighs examples and classes', async () => {
    const weights = Float32Array.from({ length: COUNT }, (_, i) => (Y[i] === 1 ? 3 : 1));
    const reference = build();
    await reference.fit(X, Y, { ...quiet, batchSize: 4, shuffle: false, sampleWeight: weights });
    const weighed = build();
    await weighed.fit(data.fromTensors([X, Y, weights]).batch(4), quiet);
    expect(await bits(weighed)).toBe(await bits(reference));
    const classes = build();
    await classes.fit(pairs.batch(4), { ...quiet, classWeight: { 1: 3 } });
    expect(await bits(classes)).toBe(await bits(reference));
  });

  it('cuts a stream into epochs', async () => {
    const seen: number[] = [];
    const watch: Callback = {
      onTrainBegin: ({ stepsPerEpoch, examples }) => void seen.push(stepsPerEpoch, examples),
      onTrainBatchEnd: (step) => void seen.push(step),
    };
    const cut = build();
    await cut.fit(batches.repeat(), { ...quiet, epochs: 4, stepsPerEpoch: 3, callbacks: [watch] });
    expect(seen).toEqual([3, 12, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
    const whole = build();
    await whole.fit(batches, { ...quiet, epochs: 2 });
    expect(await bits(cut).then((text) => text.length)).toBeGreaterThan(100);
    expect(JSON.stringify(await weightsOf(cut))).toBe(JSON.stringify(await weightsOf(whole)));
    const anew = build();
    await anew.fit(batches, { ...quiet, epochs: 4, stepsPerEpoch: 3 });
    expect(await bits(anew)).toBe(await bits(cut));
  });

  it('goes on in the middle of an epoch, told where or by a saved training', async () => {
    const streams: [Dataset<unknown>, object][] = [
      [batches, {}],
      [
        pairs
          .filter(() => true)
          .shuffle({ bufferSize: 7, seed: 1 })
          .batch(3)
          .prefetch(2),
        {},
      ],
      [batches.repeat(), { stepsPerEpoch: 4 }],
    ];
    for (const [dataset, options] of streams) {
      const whole = build();
      await whole.fit(dataset, { ...quiet, ...options, epochs: 3 });
      for (const stopAt of [1, 5, 7, 8]) {
        const path = join(folder, `${stopAt}.safetensors`);
        const broken = build();
        const abort = new AbortController();
        let steps = 0;
        const stopper: Callback = { onTrainBatchEnd: () => void (++steps === stopAt && abort.abort()) };
        const backup = backupAndRestore({ path, saveFreq: 1, deleteCheckpoint: false });
        await broken.fit(dataset, {
          ...quiet,
          ...options,
          epochs: 3,
          callbacks: [backup, stopper],
          signal: abort.signal,
        });
        const told = { initialEpoch: broken.trainingState.epoch, initialStep: broken.trainingState.step };
        await broken.fit(dataset, { ...quiet, ...options, ...told, epochs: 3 });
        expect(await bits(broken)).toBe(await bits(whole));
        const restored = build();
        const again = backupAndRestore({ path, saveFreq: 1, deleteCheckpoint: false });
        await restored.fit(dataset, { ...quiet, ...options, epochs: 3, callbacks: [again] });
        expect(await bits(restored)).toBe(await bits(whole));
        await rm(path);
      }
    }
  });

  it('refuses what does not fit, with a way out', async () => {
    const model = build();
    const refuses = async (source: Parameters<Sequential['fit']>[0], options: object, message: string) => {
      const fitting = model.fit(source as Dataset<unknown>, { ...quiet, ...options });
      await expect(fitting).rejects.toThrow(message);
    };
    await refuses(
      batches,
      { batchSize: 4 },
      'expected no batchSize beside a dataset, got batchSize; use batch(size)',
    );
    await refuses(batches, { validationSplit: 0.5 }, 'expected no validationSplit beside a dataset');
    await refuses(batches, { stepsPerEpoch: 0 }, 'stepsPerEpoch, a whole number >= 1, got 0');
    await refuses(batches.repeat(), {}, 'expected a dataset that ends, got one that is repeated without end');
    await refuses(
      batches.filter(() => false),
      {},
      'expected at least one batch, got none',
    );
    await refuses(
      data.fromTensors(X).batch(4),
      {},
      'expected batches [x, y] with labels, got one of examples alone',
    );
    await refuses(
      data.fromArray([3]),
      {},
      'expected a batch [x, y], [x, y, sampleWeight] or { xs, ys }, got 3',
    );
    await refuses(data.fromTensors([X, X]).batch(4), {}, 'labels');
    const once = (function* () {
      yield [X, Y];
    })();
    await refuses(
      once,
      { epochs: 2 },
      'epoch 1: expected at least one batch, got none; if the data is the object',
    );
    await refuses(
      (function* () {
        yield [X, Y];
      })(),
      { stepsPerEpoch: 2 },
      'epoch 0: expected 2 batches, as stepsPerEpoch says, got 1, and then the end of the data',
    );
    await expect(model.fit(X, Y, { ...quiet, stepsPerEpoch: 2 })).rejects.toThrow(AntlerValueError);
    await expect(model.evaluate(batches.repeat())).rejects.toThrow(AntlerDataError);
    await expect(model.predict(batches, { batchSize: 3 })).rejects.toThrow('batchSize');
  });
});

async function weightsOf(model: Sequential): Promise<number[][]> {
  return Promise.all(model.getWeights().map(async (weight) => [...(await weight.data())]));
}
