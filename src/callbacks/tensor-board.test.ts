import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeScalars, encodeVersion } from '../io/tensorboard/event.ts';
import { encodeRecord } from '../io/tensorboard/record.ts';
import * as layers from '../layers/index.ts';
import { sequential } from '../models/sequential.ts';
import { sgd } from '../optimizers/sgd.ts';
import { backupAndRestore } from './backup-and-restore.ts';
import { type TensorBoardOptions, tensorBoard } from './tensor-board.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-tensorboard-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const X = [[1], [2], [3], [4]];
const Y = [1, 2, 3, 4];
const FILE = 'events.out.tfevents.1754049600.antler.v2';

/** A clock that stands: files are compared to the byte. */
const now = () => 1754049600_500;
const wallTime = now() / 1000;

async function train(
  options: Partial<TensorBoardOptions>,
  { signal }: { readonly signal?: AbortSignal } = {},
) {
  const dense = layers.dense({ units: 1, useBias: false, kernelInitializer: 'zeros', inputShape: [1] });
  const model = sequential({ layers: [dense] });
  model.compile({ optimizer: sgd({ learningRate: 0.5 ** 6 }), loss: 'meanSquaredError' });
  const backup = backupAndRestore({ path: join(folder, 'training') });
  const { history } = await model.fit(X, Y, {
    epochs: 2,
    batchSize: 2,
    validationData: [X, Y],
    verbose: 0,
    callbacks: [tensorBoard({ logDir: join(folder, 'log'), now, ...options }), backup],
    ...(signal && { signal }),
  });
  return history;
}

const read = async (run: string) => new Uint8Array(await readFile(join(folder, 'log', run, FILE)));

function file(...events: readonly (readonly [step: number, scalars: Readonly<Record<string, number>>])[]) {
  const records = events.map(([step, scalars]) =>
    encodeRecord(encodeScalars({ wallTime, step, scalars: new Map(Object.entries(scalars)) })),
  );
  return new Uint8Array(Buffer.concat([encodeRecord(encodeVersion({ wallTime })), ...records]));
}

describe('tensorBoard', () => {
  it('writes what Keras writes', async () => {
    const { loss = [], valLoss = [] } = await train({});
    expect(await readdir(join(folder, 'log'))).toEqual(['train', 'validation']);
    const rate = { epoch_learning_rate: 0.5 ** 6 };
    expect(await read('train')).toEqual(
      file([0, { epoch_loss: loss[0] ?? 0, ...rate }], [1, { epoch_loss: loss[1] ?? 0, ...rate }]),
    );
    const [first = 0, second = 0] = valLoss;
    expect(await read('validation')).toEqual(
      file(
        [2, { evaluation_loss_vs_iterations: first }],
        [0, { epoch_loss: first }],
        [4, { evaluation_loss_vs_iterations: second }],
        [1, { epoch_loss: second }],
      ),
    );
  });

  it('writes batches too', async () => {
    await train({ updateFreq: 'batch' });
    const every = await read('train');
    await train({ updateFreq: 2 });
    const one = encodeRecord(encodeScalars({ wallTime, step: 1, scalars: new Map([['batch_loss', 1]]) }));
    expect(every.length - (await read('train')).length).toBe(2 * one.length);
  });

  it('goes on where a saved training stood', async () => {
    await train({ updateFreq: 1 });
    const whole = [await read('train'), await read('validation')];
    const controller = new AbortController();
    const abortingClock = () => {
      controller.abort();
      return now();
    };
    await train({ updateFreq: 1, now: abortingClock }, { signal: controller.signal });
    expect(await read('train')).not.toEqual(whole[0]);
    await train({ updateFreq: 1 });
    expect([await read('train'), await read('validation')]).toEqual(whole);
  });

  it('says what is wrong', () => {
    expect(() => tensorBoard({ logDir: folder, now, updateFreq: 0 })).toThrow(
      "tensorBoard: expected updateFreq, 'epoch', 'batch' or a number of batches >= 1, got 0",
    );
  });
});
