import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeIdx } from '../../data/idx.ts';
import { encodePng } from '../../plot/png.ts';
import { readImages } from './read-images.ts';

const SIZE = { width: 4, height: 4 };
const PIXELS = Uint8Array.from({ length: 16 }, (_, i) => (i === 5 ? 200 : 0));

let folder: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-images-'));
  await writeFile(path('digit.png'), encodePng({ ...SIZE, channels: 1, data: PIXELS }));
  await writeFile(
    path('large.png'),
    encodePng({ width: 8, height: 8, channels: 1, data: new Uint8Array(64) }),
  );
  await writeFile(path('three.gz'), gzipSync(encodeIdx({ shape: [3, 4, 4], data: new Uint8Array(48) })));
  await writeFile(path('broken.png'), 'no picture');
  await writeFile(path('large-idx'), encodeIdx({ shape: [1, 8, 8], data: new Uint8Array(64) }));
  await writeFile(path('empty-idx'), encodeIdx({ shape: [0, 4, 4], data: new Uint8Array(0) }));
  await writeFile(path('text'), 'hello');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('readImages', () => {
  it('reads a PNG', async () => {
    expect(await readImages(path('digit.png'), SIZE, 'exact')).toEqual({ count: 1, pixels: PIXELS });
  });

  it('reads an IDX file, gzipped or not', async () => {
    expect(await readImages(path('three.gz'), SIZE, 'exact')).toMatchObject({ count: 3 });
  });

  it('resizes a PNG only when asked to', async () => {
    expect(await readImages(path('large.png'), SIZE, 'resize')).toMatchObject({ count: 1 });
    await expect(readImages(path('large.png'), SIZE, 'exact')).rejects.toThrow(
      'large.png: expected 4 x 4 pixels, got 8 x 8 pixels; add --resize to scale it',
    );
  });

  it.each([
    ['large-idx', 'expected 4 x 4 pixels, got 8 x 8 pixels'],
    ['empty-idx', 'expected at least one image, got none'],
    ['text', 'expected the IDX magic number'],
    ['broken.png', 'PNG'],
    ['missing', 'expected a readable file, got no such file or folder'],
  ])('refuses %s', async (name, message) => {
    await expect(readImages(path(name), SIZE, 'resize')).rejects.toThrow(message);
  });
});
