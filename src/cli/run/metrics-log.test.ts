import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochRecord } from './epoch-record.ts';
import { appendEpoch, writeEpochs } from './metrics-log.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-run-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function record(epoch: number): EpochRecord {
  return { epoch, loss: 1 / epoch, accuracy: 0.5, seconds: 2, samplesPerSecond: 1000, residentBytes: 1e8 };
}

async function lines(): Promise<unknown[]> {
  const text = await readFile(join(folder, 'metrics.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('metrics.jsonl', () => {
  it('has a line for each epoch', async () => {
    const validated = { ...record(2), validationLoss: 0.1, validationAccuracy: 0.9 };
    await appendEpoch(folder, record(1));
    await appendEpoch(folder, validated);
    expect(await lines()).toEqual([record(1), validated]);
  });

  it('forgets the epochs after a checkpoint, and a line that was cut off', async () => {
    for (const epoch of [1, 2, 3]) await appendEpoch(folder, record(epoch));
    await appendFile(join(folder, 'metrics.jsonl'), '{"epoch":4,"lo');
    await writeEpochs(folder, [record(1), record(2)]);
    expect(await lines()).toEqual([record(1), record(2)]);
  });
});
