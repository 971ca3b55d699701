import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fetch } from '../platform/types.ts';
import { AntlerDataError, AntlerResourceError } from '../util/errors.ts';
import { encodeIdx } from './idx.ts';
import { defineIdxDataset } from './idx-dataset.ts';
import { IDX_FILE_NAMES, type IdxDatasetDefinition, type IdxFileName } from './idx-dataset-definition.ts';

type Files = Record<IdxFileName, Uint8Array>;

const FILES: Files = {
  'train-images-idx3-ubyte': encodeIdx({
    shape: [3, 2, 2],
    data: Uint8Array.from({ length: 12 }, (_, i) => i),
  }),
  'train-labels-idx1-ubyte': encodeIdx({ shape: [3], data: Uint8Array.of(0, 2, 1) }),
  't10k-images-idx3-ubyte': encodeIdx({ shape: [1, 2, 2], data: Uint8Array.of(9, 8, 7, 6) }),
  't10k-labels-idx1-ubyte': encodeIdx({ shape: [1], data: Uint8Array.of(2) }),
};

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let definition: IdxDatasetDefinition;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-dataset-'));
  definition = {
    name: 'tiny',
    classes: ['a', 'b', 'c'],
    imageShape: [2, 2, 1],
    counts: { train: 3, t10k: 1 },
    sha256: Object.fromEntries(IDX_FILE_NAMES.map((name) => [name, digest(FILES[name])])) as Record<
      IdxFileName,
      string
    >,
    npm: { packageName: 'no-such-package', folder: 'data' },
    systemFolders: [join(folder, 'system')],
    mirror: 'https://example.org/tiny/',
    licence: 'none',
    install: 'npm install no-such-package',
  };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, changes: Partial<Files> = {}): Promise<string> {
  const target = join(folder, name);
  await mkdir(target, { recursive: true });
  for (const file of IDX_FILE_NAMES) await writeFile(join(target, file), changes[file] ?? FILES[file]);
  return target;
}

const noNetwork: Fetch = async () => {
  throw new TypeError('fetch failed', { cause: new Error('no network here') });
};

function mirror(changes: Partial<Files> = {}): Fetch {
  return async (url) => {
    const name = url.slice(definition.mirror.length, -'.gz'.length) as IdxFileName;
    return new Response(gzipSync(changes[name] ?? FILES[name]));
  };
}

const load = (fetch: Fetch, path?: string) =>
  defineIdxDataset(definition)({
    fetch,
    cacheFolder: join(folder, 'cache'),
    ...(path !== undefined && { path }),
  });

describe('the search', () => {
  it('takes the folder it is given, plain or gzipped, with any number of images', async () => {
    const path = await write('given', {
      't10k-images-idx3-ubyte': gzipSync(encodeIdx({ shape: [2, 2, 2], data: new Uint8Array(8) })),
      't10k-labels-idx1-ubyte': encodeIdx({ shape: [2], data: Uint8Array.of(1, 1) }),
    });
    const { train, test, source, classes, name } = await load(noNetwork, path);
    expect(source).toEqual({ kind: 'path', location: path });
    expect({ name, classes }).toEqual({ name: 'tiny', classes: ['a', 'b', 'c'] });
    expect(train).toEqual({
      images: Uint8Array.from({ length: 12 }, (_, i) => i),
      labels: Uint8Array.of(0, 2, 1),
      imageShape: [2, 2, 1],
      count: 3,
    });
    expect(test.count).toBe(2);
  });

  it('looks nowhere else when a folder is given', async () => {
    await write('system');
    const path = await write('given');
    await rm(join(path, 't10k-labels-idx1-ubyte'));
    await expect(load(mirror(), path)).rejects.toThrow(
      `${path}: expected the files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, ` +
        't10k-labels-idx1-ubyte (plain or .gz), got no t10k-labels-idx1-ubyte; ' +
        'leave the path out and run npm install no-such-package',
    );
  });

  it('takes a system folder before the cache', async () => {
    await write('cache/tiny');
    expect((await load(noNetwork)).source.kind).toBe('cache');
    const location = await write('system');
    expect((await load(noNetwork)).source).toEqual({ kind: 'system', location });
  });

  it('says where it looked and what to run', async () => {
    await expect(load(noNetwork)).rejects.toThrow(AntlerDataError);
    await expect(load(noNetwork)).rejects.toThrow(
      `dataset tiny: expected its files in one of: npm package no-such-package, ${join(folder, 'system')}, ` +
        `${join(folder, 'cache', 'tiny')}; or a download from https://example.org/tiny/train-images-idx3-ubyte.gz, ` +
        'got no files, and the download failed (no network here); run npm install no-such-package',
    );
  });
});

describe('the download', () => {
  it('is kept, checked, and used the next time', async () => {
    const seen: string[] = [];
    const cacheFolder = join(folder, 'cache');
    const first = await defineIdxDataset(definition)({
      fetch: mirror(),
      cacheFolder,
      onProgress: ({ file, receivedBytes }) => seen.push(`${file} ${receivedBytes > 0}`),
    });
    expect(first.source).toEqual({ kind: 'download', location: 'https://example.org/tiny/' });
    expect(seen).toEqual(IDX_FILE_NAMES.map((name) => `${name} true`));
    expect(await readdir(join(cacheFolder, 'tiny'))).toEqual(
      IDX_FILE_NAMES.map((name) => `${name}.gz`).sort(),
    );
    const second = await load(noNetwork);
    expect(second.source.kind).toBe('cache');
    expect(second.train).toEqual(first.train);
  });

  it('is refused, and nothing kept, when the SHA-256 is another', async () => {
    const wrong = encodeIdx({ shape: [1], data: Uint8Array.of(1) });
    await expect(load(mirror({ 't10k-labels-idx1-ubyte': wrong }))).rejects.toThrow(
      `https://example.org/tiny/t10k-labels-idx1-ubyte.gz: expected SHA-256 ` +
        `${definition.sha256['t10k-labels-idx1-ubyte']} (inflated), got ${digest(wrong)}; run npm install no-such-package`,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('is checked again when it comes from the cache', async () => {
    const labels = encodeIdx({ shape: [3], data: Uint8Array.of(0, 2, 2) });
    await write('cache/tiny', { 'train-labels-idx1-ubyte': labels });
    await expect(load(noNetwork)).rejects.toThrow(/expected SHA-256 .*; delete the file and try again$/);
  });

  it('names a cache folder that cannot be written', async () => {
    await writeFile(join(folder, 'cache'), 'a file');
    await expect(load(mirror())).rejects.toThrow(AntlerResourceError);
  });

  it('can be stopped', async () => {
    const stopping: Fetch = async (_url, { signal }) => {
      signal?.throwIfAborted();
      return new Response('');
    };
    const signal = AbortSignal.abort(new Error('stopped by the user'));
    const loading = defineIdxDataset(definition)({
      fetch: stopping,
      cacheFolder: join(folder, 'cache'),
      signal,
    });
    await expect(loading).rejects.toThrow('stopped by the user');
  });
});

describe('files that do not fit', () => {
  const labels = (...values: number[]) =>
    encodeIdx({ shape: [values.length], data: Uint8Array.from(values) });

  async function refuses(kind: string, changes: Partial<Files>, message: string): Promise<void> {
    const location = await write(kind, changes);
    const loading = load(noNetwork, kind === 'given' ? location : undefined);
    await expect(loading).rejects.toThrow(AntlerDataError);
    await expect(loading).rejects.toThrow(message);
  }

  it('labels out of range', async () => {
    await refuses(
      'given',
      { 'train-labels-idx1-ubyte': labels(0, 2, 3) },
      'train-labels-idx1-ubyte, byte 10: expected a label in 0 to 2, got 3',
    );
  });

  it('another number of labels than images', async () => {
    await refuses(
      'given',
      { 'train-labels-idx1-ubyte': labels(0, 2) },
      'train-labels-idx1-ubyte, byte 4: expected 3 labels, one for each image in ',
    );
  });

  it('images of another size', async () => {
    const images = encodeIdx({ shape: [3, 2, 3], data: new Uint8Array(18) });
    await refuses(
      'given',
      { 'train-images-idx3-ubyte': images },
      'train-images-idx3-ubyte, byte 8: expected images of 2 x 2, got images of 2 x 3',
    );
  });

  it('no images', async () => {
    const images = encodeIdx({ shape: [0, 2, 2], data: new Uint8Array() });
    await refuses(
      'given',
      { 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels() },
      'byte 4: expected at least 1 images, got 0',
    );
  });

  it('another number of images than published', async () => {
    const images = encodeIdx({ shape: [2, 2, 2], data: new Uint8Array(8) });
    await refuses(
      'system',
      { 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels(0, 1) },
      'byte 4: expected 3 images, got 2',
    );
  });

  it('images where labels should be', async () => {
    await refuses(
      'given',
      { 'train-labels-idx1-ubyte': FILES['train-images-idx3-ubyte'] },
      'train-labels-idx1-ubyte, byte 0: expected the IDX magic number 00 00 08 01',
    );
  });
});
