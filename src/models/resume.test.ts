import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Callback } from '../callbacks/callback.ts';
import {
  backupAndRestore,
  csvLogger,
  earlyStopping,
  learningRateScheduler,
  reduceLROnPlateau,
  swapEMAWeights,
} from '../callbacks/index.ts';
import * as layers from '../layers/index.ts';
import type { Layer } from '../layers/layer.ts';
import { adam } from '../optimizers/adam.ts';
import { cosineDecay } from '../optimizers/schedules.ts';
import { sgd } from '../optimizers/sgd.ts';
import type { FitOptions } from './fit-options.ts';
import { type Sequential, sequential } from './sequential.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-resume-'));
  path = join(folder, 'training.safetensors');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const COUNT = 12;
const noise = (i: number) => ((i * 7919 + (i >> 3) * 104_729) % 251) / 125 - 1;
const x = (...shape: number[]) => {
  const size = shape.reduce((a, b) => a * b, COUNT);
  return { data: Float32Array.from({ length: size }, (_, i) => noise(i)), shape: [COUNT, ...shape] };
};
const Y = { data: Float32Array.from({ length: COUNT }, (_, i) => noise(i * i)), shape: [COUNT, 1] };

interface Case {
  readonly layers: () => Layer[];
  readonly optimizer: () => ReturnType<typeof adam>;
  readonly x: ReturnType<typeof x>;
}

const CASES: Record<string, Case> = {
  'an MLP under a schedule': {
    layers: () => [
      layers.input({ shape: [3] }),
      layers.dense({ units: 4, activation: 'relu' }),
      layers.dropout({ rate: 0.3 }),
    ],
    optimizer: () => adam({ learningRate: cosineDecay({ initialLearningRate: 0.01, decaySteps: 9 }) }),
    x: x(3),
  },
  'a network of convolutions with noise and batch statistics': {
    layers: () => [
      layers.input({ shape: [6, 6, 1] }),
      layers.gaussianNoise({ stddev: 0.1 }),
      layers.conv2d({ filters: 2, kernelSize: 3 }),
      layers.batchNormalization(),
      layers.dropout({ rate: 0.2 }),
      layers.flatten(),
    ],
    optimizer: () => adam({ learningRate: 0.01, useEma: true, emaMomentum: 0.5 }),
    x: x(6, 6, 1),
  },
  'a stateful LSTM with accumulated gradients': {
    layers: () => [layers.input({ shape: [3, 2] }), layers.lstm({ units: 3, stateful: true })],
    optimizer: () => sgd({ learningRate: 0.1, momentum: 0.9, gradientAccumulationSteps: 2 }),
    x: x(3, 2),
  },
};

function build({ layers: body, optimizer }: Case): Sequential {
  const model = sequential({ seed: 3, layers: [...body(), layers.dense({ units: 1 })] });
  model.compile({ optimizer: optimizer(), loss: 'meanSquaredError', metrics: ['meanAbsoluteError'] });
  return model;
}

async function bits(model: Sequential): Promise<string> {
  const named = model.stateVariables.map(async (variable) => [
    variable.name,
    ...(await variable.read().data()),
  ]);
  return JSON.stringify(await Promise.all(named));
}

const OPTIONS: FitOptions = { epochs: 3, batchSize: 3, validationSplit: 0.25, verbose: 0 };

/** Aborts after a number of steps. */
function abortAfter(steps: number): { readonly callback: Callback; readonly signal: AbortSignal } {
  const controller = new AbortController();
  let done = 0;
  const callback: Callback = {
    onTrainBatchEnd: () => {
      done++;
      if (done === steps) controller.abort();
    },
  };
  return { callback, signal: controller.signal };
}

describe.each(Object.entries(CASES))('%s', (_name, parts) => {
  it('that is broken off after any step goes on exactly', async () => {
    const whole = build(parts);
    const { history } = await whole.fit(parts.x, Y, OPTIONS);
    for (let steps = 1; steps <= 9; steps++) {
      const { callback, signal } = abortAfter(steps);
      const backup = () => backupAndRestore({ path });
      await build(parts).fit(parts.x, Y, { ...OPTIONS, callbacks: [backup(), callback], signal });
      expect(await readdir(folder)).toEqual(steps < 9 ? ['training.safetensors'] : []);
      const resumed = build(parts);
      const rest = await resumed.fit(parts.x, Y, { ...OPTIONS, callbacks: [backup()] });
      expect(await bits(resumed)).toBe(await bits(whole));
      expect(rest.history).toEqual(history);
      expect(rest.epoch).toEqual([0, 1, 2]);
      expect(await readdir(folder)).toEqual([]);
    }
  });
});

describe('a training that goes on', () => {
  const parts = CASES['an MLP under a schedule'] as Case;

  it('from a step within an epoch, if it was saved there', async () => {
    const whole = build(parts);
    await whole.fit(parts.x, Y, OPTIONS);
    const crash: Callback = {
      onTrainBatchEnd(batch, _logs, { stepsPerEpoch }) {
        if (batch === stepsPerEpoch - 1) throw new Error('crash');
      },
    };
    const callbacks = [backupAndRestore({ path, saveFreq: 2 })];
    const train = (more: readonly Callback[]) =>
      build(parts).fit(parts.x, Y, { ...OPTIONS, callbacks: [...callbacks, ...more] });
    await expect(train([crash])).rejects.toThrow('crash');
    const batches: number[] = [];
    const model = build(parts);
    const watcher: Callback = { onTrainBatchEnd: (batch) => void batches.push(batch) };
    await model.fit(parts.x, Y, { ...OPTIONS, callbacks: [...callbacks, watcher] });
    expect(batches).toEqual([2, 0, 1, 2, 0, 1, 2]);
    expect(await bits(model)).toBe(await bits(whole));
  });

  it('remembers what callbacks knew', async () => {
    const stopping = () =>
      earlyStopping({ monitor: 'loss', patience: 1, minDelta: 10, restoreBestWeights: true });
    const whole = build(parts);
    const { epoch } = await whole.fit(parts.x, Y, { ...OPTIONS, callbacks: [stopping()] });
    expect(epoch).toEqual([0, 1]);
    const { callback, signal } = abortAfter(4);
    const callbacks = () => [backupAndRestore({ path }), stopping()];
    await build(parts).fit(parts.x, Y, { ...OPTIONS, callbacks: [...callbacks(), callback], signal });
    const resumed = build(parts);
    expect((await resumed.fit(parts.x, Y, { ...OPTIONS, callbacks: callbacks() })).epoch).toEqual([0, 1]);
    expect(await bits(resumed)).toBe(await bits(whole));
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('with rates and files of callbacks, after step %i', async (steps) => {
    const other: Case = { ...parts, optimizer: () => adam({ learningRate: 0.1, useEma: true }) };
    const log = join(folder, 'log.csv');
    const callbacks = () => [
      backupAndRestore({ path }),
      learningRateScheduler((epoch, rate) => rate * 0.9 ** epoch),
      reduceLROnPlateau({ monitor: 'loss', patience: 1, minDelta: 10, factor: 0.7 }),
      csvLogger({ filename: log }),
      swapEMAWeights({ swapOnEpoch: true }),
    ];
    const whole = build(other);
    const { history } = await whole.fit(other.x, Y, { ...OPTIONS, callbacks: callbacks() });
    const lines = await readFile(log, 'utf8');
    const { callback, signal } = abortAfter(steps);
    await build(other).fit(other.x, Y, { ...OPTIONS, callbacks: [...callbacks(), callback], signal });
    const resumed = build(other);
    const rest = await resumed.fit(other.x, Y, { ...OPTIONS, callbacks: callbacks() });
    expect(rest.history).toEqual(history);
    expect(await bits(resumed)).toBe(await bits(whole));
    expect(await readFile(log, 'utf8')).toBe(lines);
  });

  it('does not go on where a callback has ended it', async () => {
    const callbacks = () => [
      backupAndRestore({ path, deleteCheckpoint: false }),
      earlyStopping({ monitor: 'loss', patience: 1, minDelta: 10 }),
    ];
    await build(parts).fit(parts.x, Y, { ...OPTIONS, callbacks: callbacks() });
    const again = await build(parts).fit(parts.x, Y, { ...OPTIONS, callbacks: callbacks() });
    expect(again.epoch).toEqual([0, 1]);
  });
});

describe('a saved training', () => {
  const parts = CASES['an MLP under a schedule'] as Case;
  const train = (options: FitOptions, other = parts) =>
    build(other).fit(other.x, Y, {
      ...OPTIONS,
      callbacks: [backupAndRestore({ path, deleteCheckpoint: false })],
      ...options,
    });

  it('is refused by other data, callbacks and models, which stay as they are', async () => {
    await train({ epochs: 1 });
    await expect(train({ batchSize: 2 })).rejects.toThrow(
      'sequential.fit: expected the batchSize of the saved training, 3, got 2; give fit the same data and options, or begin anew with another file',
    );
    await expect(
      train({ callbacks: [backupAndRestore({ path }), earlyStopping({ monitor: 'loss' })] }),
    ).rejects.toThrow(
      `${path}: expected the callbacks of the saved training (history), got earlyStopping, history; give fit the same callbacks in the same order, or begin anew with another file`,
    );
    const other = CASES['a stateful LSTM with accumulated gradients'];
    await expect(train({}, other)).rejects.toThrow(`${path}: expected 'lstm/`);
  });

  it('is refused when it is damaged', async () => {
    await writeFile(path, 'nonsense');
    await expect(train({})).rejects.toThrow(`${path}, byte 8: expected a checkpoint`);
  });

  it('is saved as told', () => {
    expect(() => backupAndRestore({ path, saveFreq: 0 })).toThrow(
      "backupAndRestore: expected saveFreq, 'epoch' or a number of steps >= 1, got 0",
    );
  });
});
