import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import h5wasm, { type File, FS } from 'h5wasm';
import { describe, expect, it } from 'vitest';
import { AntlerDataError } from '../../util/errors.ts';
import { decodeHdf5 } from './decode.ts';
import { encodeHdf5 } from './encode.ts';
import { emptyGroup, groupAt, type Hdf5Group } from './tree.ts';

function sample(): Hdf5Group {
  const root = emptyGroup({
    model_config: `{"long": "${'ä'.repeat(100_000)}"}`,
    layer_names: ['a', 'b'],
    none: [],
  });
  const vars = groupAt(root, ['layers', 'dense', 'vars']);
  vars.attributes.set('name', 'dense_1');
  vars.members.set('0', {
    kind: 'dataset',
    dtype: 'float32',
    shape: [2, 2],
    data: Float32Array.of(1, -0, Number.NaN, 4),
  });
  vars.members.set('1', { kind: 'dataset', dtype: 'int32', shape: [], data: Int32Array.of(-7) });
  vars.members.set('2', { kind: 'dataset', dtype: 'float64', shape: [1], data: Float64Array.of(Math.PI) });
  vars.members.set('3', { kind: 'dataset', dtype: 'uint8', shape: [3], data: Uint8Array.of(0, 1, 255) });
  return root;
}

/** Made by h5py: an array whose elements are in /etc/passwd. Deflated, in base64. */
const OUTSIDE =
  'eNrr9HBx4+WS4mIAAQ4OBhYGAQZk8B8KNrCi8mHyCVCaEUp3QOkVTDBxRrCcBFRcEGo+urqQIFdXkOr/aABmTwYLhOZgGAUj' +
  'EXi4OgaA6AgoH5ZKTzChqktFS48eFNrLyMAGMYsRxoekZEZGiAAXVB2MZgbKg2QEFeQZIElWgUGcg0G8HirPCkzBIHkmJiaw' +
  'AewMGmA+IzSvGOBI5xoMMHGI/cyMsByigaYygi7xIIEWzgEsqOr0U0uS9QsSi4vLU8D8YD9/F5D/YP5SYB5N0+QAAFCPO9I=';

/** A file that the library itself writes. */
async function fileOf(fill: (file: File) => void): Promise<Uint8Array> {
  await h5wasm.ready;
  const file = new h5wasm.File('/made.h5', 'w');
  fill(file);
  file.close();
  return FS?.readFile('/made.h5') as unknown as Uint8Array;
}

describe('an HDF5 file', () => {
  it('is read as it was written', async () => {
    expect(await decodeHdf5(await encodeHdf5(sample()), 'a.h5')).toEqual(sample());
  });

  it('is refused in one message when it is damaged', async () => {
    const bytes = await encodeHdf5(sample());
    await expect(decodeHdf5(bytes.slice(0, 1000), 'a.h5')).rejects.toThrow(
      /^a.h5: expected a whole HDF5 file, got /,
    );
    await expect(decodeHdf5(new Uint8Array(), 'a.h5')).rejects.toThrow('expected a whole HDF5 file');
  });

  it('is refused when it points to other files', async () => {
    const linked = await fileOf((file) => file.create_external_link('/etc/passwd', '/x', 'link'));
    await expect(decodeHdf5(linked, 'a.h5')).rejects.toThrow(
      'a.h5, /link: expected a group or an array in this file, got a link to another file, which is not read',
    );
    const outside = new Uint8Array(inflateSync(Buffer.from(OUTSIDE, 'base64')));
    await expect(decodeHdf5(outside, 'a.h5')).rejects.toThrow('got data in another file, which is not read');
  });

  it('is refused when it claims more than it can hold, before anything is allocated', async () => {
    const huge = await fileOf((file) => {
      const options = {
        name: 'x',
        data: Float32Array.of(1),
        shape: [1],
        maxshape: [null],
        chunks: [1],
        dtype: '<f',
      };
      file.create_dataset(options).resize([2 ** 40]);
    });
    await expect(decodeHdf5(huge, 'a.h5')).rejects.toThrow(
      /^a.h5, \/x: expected an array that fits into a file of \d+ bytes, got 4398046511104 bytes/,
    );
  });

  it('is refused when links go round', async () => {
    const round = await fileOf((file) => {
      file.create_group('a');
      file.create_hard_link('/', 'a/up');
      file.create_soft_link('/nowhere', 'broken');
    });
    await expect(decodeHdf5(round, 'a.h5')).rejects.toThrow(AntlerDataError);
  });

  it('is refused for numbers that we have no type for', async () => {
    const wide = await fileOf((file) => {
      file.create_dataset({ name: 'x', data: BigInt64Array.of(2n ** 40n), shape: [1], dtype: '<q' });
    });
    await expect(decodeHdf5(wide, 'a.h5')).rejects.toThrow('got an integer beyond int32, 1099511627776');
  });

  it('is refused when it ends at any byte', async () => {
    const bytes = await encodeHdf5(sample());
    for (let length = 0; length < bytes.length; length += length < 3000 ? 1 : 997) {
      await expect(decodeHdf5(bytes.slice(0, length), 'a.h5')).rejects.toThrow(AntlerDataError);
    }
  });

  it('is refused or read, and nothing else, when a byte is another', async () => {
    const root = sample();
    root.attributes.set('model_config', '{}');
    const bytes = await encodeHdf5(root);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const damaged = bytes.slice();
        damaged[place] = (damaged[place] ?? 0) ^ change;
        const result = await decodeHdf5(damaged, 'a.h5').catch((error: unknown) => error);
        if (!(result instanceof AntlerDataError)) expect(result).toHaveProperty('kind', 'group');
      }),
      { seed: 1, numRuns: 1000 },
    );
    expect(await decodeHdf5(bytes, 'a.h5')).toEqual(root);
  });
});
