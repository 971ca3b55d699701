import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeContext } from '../../../test/support/fake-context.ts';
import { encodeIdx } from '../../data/idx.ts';
import { lenet5 } from '../../zoo/1998-lenet5/index.ts';
import { openRun } from './open-run.ts';
import { resumeRun } from './resume-run.ts';
import { startRun } from './start-run.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'antler-training-'));
  await writeDigits('train', 96);
  await writeDigits('t10k', 20);
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Bars whose place tells the class: easy to learn, quick to make. */
async function writeDigits(part: 'train' | 't10k', count: number): Promise<void> {
  const labels = Uint8Array.from({ length: count }, (_, i) => (7 * i) % 10);
  const images = new Uint8Array(count * 784);
  labels.forEach((label, i) => {
    images.fill(200 + (i % 50), i * 784 + 56 * (label + 2), i * 784 + 56 * (label + 3));
  });
  await writeFile(
    join(root, `${part}-images-idx3-ubyte`),
    encodeIdx({ shape: [count, 28, 28], data: images }),
  );
  await writeFile(join(root, `${part}-labels-idx1-ubyte`), encodeIdx({ shape: [count], data: labels }));
}

function newRun(name: string, settings = { epochs: 3, batchSize: 16, validationSplit: 0.25 }) {
  const out = join(root, name);
  return { system: lenet5, settings, seed: 5, threads: 1, data: root, out };
}

describe('a training run', () => {
  it('fills its folder', async () => {
    const { context: process, lines } = fakeContext();
    const { folder, finished } = await startRun(newRun('whole'), process);
    expect((await readdir(folder)).sort()).toEqual([
      'checkpoint.safetensors',
      'config.json',
      'confusion.json',
      'environment.json',
      'metrics.jsonl',
      'report.html',
      'result.json',
      'weights.safetensors',
    ]);
    expect(finished?.weightsSha256).toMatch(/^[0-9a-f]{64}$/);
    const metrics = (await readFile(join(folder, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(metrics.map((line) => JSON.parse(line).epoch)).toEqual([1, 2, 3]);
    expect(JSON.parse(metrics[0] ?? '')).toHaveProperty('validationAccuracy');
    expect(lines.filter((line) => line.startsWith('epoch '))).toHaveLength(3);
    const confusion = JSON.parse(await readFile(join(folder, 'confusion.json'), 'utf8'));
    expect(confusion.counts.flat().reduce((sum: number, count: number) => sum + count)).toBe(20);
  });

  it('that is interrupted and resumed gives the weights of one that was not', async () => {
    const whole = await startRun(newRun('whole'), fakeContext().context);
    const first = fakeContext(/^epoch 1/);
    const { folder, finished } = await startRun(newRun('halves'), first.context);
    expect(finished).toBeUndefined();
    expect(first.lines.at(-1)).toBe(`Go on with: antler train lenet5 --resume ${folder}`);
    expect(await readdir(folder)).not.toContain('weights.safetensors');
    await expect(openRun(folder)).rejects.toThrow('expected the trained weights, weights.safetensors');
    const resumed = await resumeRun(lenet5, folder, 2, fakeContext().context);
    expect(resumed.finished?.weightsSha256).toBe(whole.finished?.weightsSha256);
    const metrics = (await readFile(join(folder, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(metrics.map((line) => JSON.parse(line).epoch)).toEqual([1, 2, 3]);
  });

  it('can be opened again', async () => {
    const { folder } = await startRun(newRun('whole'), fakeContext().context);
    const { model, system } = await openRun(folder);
    expect(system.id).toBe('lenet5');
    expect(model.countParams()).toBe(61_706);
    await writeFile(join(folder, 'weights.safetensors'), 'nonsense');
    await expect(openRun(folder)).rejects.toThrow('weights.safetensors');
  });
});

describe('a training run that cannot be', () => {
  it('leaves nothing behind when the batch is larger than the data', async () => {
    const run = newRun('large', { epochs: 1, batchSize: 100, validationSplit: 0 });
    await expect(startRun(run, fakeContext().context)).rejects.toThrow('batchSize, an integer in 1 to 96');
    expect(await readdir(root)).not.toContain('large');
  });

  it('leaves nothing behind when the data is missing', async () => {
    const run = { ...newRun('lost'), data: join(root, 'nowhere') };
    await expect(startRun(run, fakeContext().context)).rejects.toThrow('no train-images-idx3-ubyte');
    expect(await readdir(root)).not.toContain('lost');
  });

  it('does not touch a folder that is in use', async () => {
    await expect(startRun(newRun('.'), fakeContext().context)).rejects.toThrow(
      'expected a new or empty folder',
    );
  });

  it('says that a file is where the folder should be', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(startRun(newRun('file/run'), fakeContext().context)).rejects.toThrow(
      'expected a place where a folder can be made, got a file where a folder should be; choose another folder',
    );
  });

  it('is not resumed from a folder that is no run', async () => {
    await expect(resumeRun(lenet5, root, undefined, fakeContext().context)).rejects.toThrow(
      'expected the folder of a run, got one without config.json; antler train SYSTEM --out FOLDER makes one',
    );
    await writeFile(join(root, 'config.json'), '{"system":"lenet5"}');
    await expect(resumeRun(lenet5, root, undefined, fakeContext().context)).rejects.toThrow(
      'expected the settings of a run, as antler writes them',
    );
  });
});
