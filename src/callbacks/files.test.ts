import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { losses, train } from '../../test/support/reported-training.ts';
import { type CsvLoggerOptions, csvLogger } from './csv-logger.ts';
import { type ModelCheckpointOptions, modelCheckpoint } from './model-checkpoint.ts';
import { formatPath } from './path-template.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-callbacks-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('csvLogger', () => {
  const log = (options: Partial<CsvLoggerOptions> = {}) =>
    csvLogger({ filename: join(folder, 'logs', 'a.csv'), ...options });
  const lines = async () => (await readFile(join(folder, 'logs', 'a.csv'), 'utf8')).split('\n');

  it('writes a line an epoch under the names', async () => {
    await train(log(), [{ loss: 0.1, accuracy: 1 }, { loss: 1e-9 }]);
    expect(await lines()).toEqual(['epoch,accuracy,loss', '0,1,0.1', '1,NA,1e-9', '']);
    await train(log({ separator: ';' }), losses(2));
    expect(await lines()).toEqual(['epoch;valLoss', '0;2', '']);
  });

  it('quotes names that hold a separator', async () => {
    await train(log(), [{ 'a,b': 1, 'c"': 2 }]);
    expect(await lines()).toEqual(['epoch,"a,b","c"""', '0,1,2', '']);
  });

  it('goes on with a file', async () => {
    await train(log(), losses(1));
    await train(log({ append: true }), losses(2));
    expect(await lines()).toEqual(['epoch,valLoss', '0,1', '0,2', '']);
  });

  it('goes on where a saved training stood', async () => {
    const first = log();
    await train(first, losses(1));
    const state = await first.saveState?.();
    await writeFile(join(folder, 'logs', 'a.csv'), 'epoch,valLoss\n0,1\n1,5\n2,');
    const second = log();
    const onTrainBegin = second.onTrainBegin?.bind(second);
    second.onTrainBegin = async (context) => {
      await onTrainBegin?.(context);
      if (state) await second.restoreState?.(state);
    };
    await train(second, losses(3));
    expect(await lines()).toEqual(['epoch,valLoss', '0,1', '0,3', '']);
  });

  it('refuses separators that numbers have', () => {
    expect(() => log({ separator: '.' })).toThrow('csvLogger: expected a separator, one character that');
  });
});

describe('modelCheckpoint', () => {
  const save = (options: Partial<ModelCheckpointOptions>) =>
    modelCheckpoint({ filepath: `${folder}/{epoch:02d}-{valLoss:.1f}.keras`, ...options });
  const saved = async (options: Partial<ModelCheckpointOptions>, ...values: number[]) =>
    (await train(save(options), losses(...values))).saved.map((path) => path.replace(`${folder}/`, ''));

  it('saves every epoch', async () => {
    expect(await saved({}, 3, 2.25)).toEqual(['01-3.0.keras', '02-2.3.keras']);
  });

  it('saves the best', async () => {
    expect(await saved({ saveBestOnly: true }, 3, 4, 2)).toEqual(['01-3.0.keras', '03-2.0.keras']);
    expect(await saved({ saveBestOnly: true, initialValueThreshold: 2.5 }, 3, 4, 2)).toEqual([
      '03-2.0.keras',
    ]);
    expect(await saved({ saveBestOnly: true, mode: 'max' }, 3, 4, 2)).toEqual([
      '01-3.0.keras',
      '02-4.0.keras',
    ]);
  });

  it('saves weights', async () => {
    const filepath = `${folder}/a/w.safetensors`;
    expect(await saved({ saveWeightsOnly: true, filepath }, 1)).toEqual(['weights a/w.safetensors']);
  });

  it('saves after some steps', async () => {
    const filepath = `${folder}/{epoch}.{batch}.keras`;
    expect(await saved({ saveFreq: 2, filepath }, 1, 2, 3, 4, 5)).toEqual(['2.1.keras', '4.1.keras']);
  });

  it('says what is wrong', async () => {
    expect(() => save({ saveFreq: 1.5 })).toThrow(
      "modelCheckpoint: expected saveFreq, 'epoch' or a number of",
    );
    await expect(saved({ filepath: '{valLos}' }, 1)).rejects.toThrow("did you mean 'valLoss'?");
  });
});

describe('figures in paths', () => {
  it('have the forms of Python', () => {
    const figures = { epoch: 7, loss: 0.012345 };
    const forms = '{epoch}|{epoch:03d}|{epoch:3d}|{loss:.3f}|{loss:.2e}|{loss}';
    expect(formatPath(forms, figures, 'x')).toBe('7|007|  7|0.012|1.23e-02|0.012345');
    expect(() => formatPath('{loss:x}', figures, 'x')).toThrow(
      'x: expected a form like 02d, .2f or .2e, got {loss:x}',
    );
  });
});
