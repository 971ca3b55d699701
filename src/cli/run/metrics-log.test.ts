import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AntlerDataError } from '../../util/errors.ts';
import type { EpochRecord } from './epoch-record.ts';
import { appendEpoch, keepEpochs, readEpochs } from './metrics-log.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-run-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function record(epoch: number): EpochRecord {
  return { epoch, loss: 1 / epoch, accuracy: 0.5, seconds: 2, samplesPerSecond: 1000, residentBytes: 1e8 };
}

describe('metrics.jsonl', () => {
  it('is empty before the first epoch', async () => {
    expect(await readEpochs(folder)).toEqual([]);
  });

  it('gives back what was added', async () => {
    await appendEpoch(folder, record(1));
    await appendEpoch(folder, { ...record(2), validationLoss: 0.1, validationAccuracy: 0.9 });
    expect(await readEpochs(folder)).toEqual([
      record(1),
      { ...record(2), validationLoss: 0.1, validationAccuracy: 0.9 },
    ]);
  });

  it('forgets the epochs after a checkpoint, and a line that was cut off', async () => {
    for (const epoch of [1, 2, 3]) await appendEpoch(folder, record(epoch));
    await appendFile(join(folder, 'metrics.jsonl'), '{"epoch":4,"lo');
    expect(await keepEpochs(folder, 2)).toEqual([record(1), record(2)]);
    expect((await readFile(join(folder, 'metrics.jsonl'), 'utf8')).split('\n')).toHaveLength(3);
  });

  it('names a damaged line', async () => {
    await appendEpoch(folder, record(1));
    await appendFile(join(folder, 'metrics.jsonl'), 'nonsense\n');
    await expect(readEpochs(folder)).rejects.toThrow(AntlerDataError);
    await expect(readEpochs(folder)).rejects.toThrow(
      'metrics.jsonl, line 2: expected the figures of an epoch, got nonsense',
    );
  });
});
