import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tensor } from '../../ops/create.ts';
import { decodeNpy, type NpyArray } from './npy-decode.ts';
import { encodeNpy } from './npy-encode.ts';
import { decodeNpz, encodeNpz } from './npz.ts';
import { loadNpy, loadNpz, saveNpy, saveNpz } from './numpy.ts';

const ARRAYS: readonly NpyArray[] = [
  { dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) },
  { dtype: 'uint8', shape: [2, 1], data: Uint8Array.of(0, 255) },
  { dtype: 'int32', shape: [], data: Int32Array.of(-7) },
  { dtype: 'float32', shape: [2, 2], data: Float32Array.of(1.5, -0, Number.NaN, Infinity) },
  { dtype: 'float64', shape: [0, 4], data: new Float64Array() },
];

/** A file with this header and data. */
function fileOf(header: string, data: ArrayLike<number> = [], version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const start = version === 1 ? 10 : 12;
  const file = new Uint8Array(start + text.length + data.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(file.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  file.set(text, start);
  file.set(data, start + text.length);
  return file;
}

const header = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe('.npy', () => {
  it.each(ARRAYS)('keeps $dtype $shape', (array) => {
    const bytes = encodeNpy(array);
    expect(bytes.length % 64).toBe(array.data.byteLength % 64);
    expect(decodeNpy(bytes, 'a.npy')).toEqual(array);
  });

  it('is written as NumPy 2 writes it', () => {
    const bytes = encodeNpy({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) });
    const text = new TextDecoder('latin1').decode(bytes.subarray(0, 128));
    expect(text).toBe(
      `${"\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".padEnd(127)}\n`,
    );
  });

  it('is read in either byte order, order of axes, and version', () => {
    const big = fileOf(header('>i2', '(2, 2)', 'True'), [0, 1, 0, 2, 255, 255, 0, 4]);
    expect(decodeNpy(big, 'a.npy')).toEqual({
      dtype: 'int32',
      shape: [2, 2],
      data: Int32Array.of(1, -1, 2, 4),
    });
    const half = fileOf(header('<f2', '(3,)'), [0, 0x3c, 0, 0xfc, 1, 0], 2);
    expect(decodeNpy(half, 'a.npy').data).toEqual(Float32Array.of(1, -Infinity, 2 ** -24));
    const wide = fileOf(header('<i8', '()'), [5, 0, 0, 0, 0, 0, 0, 0], 3);
    expect(decodeNpy(wide, 'a.npy')).toEqual({ dtype: 'int32', shape: [], data: Int32Array.of(5) });
  });

  it.each([
    ['pickles', fileOf(header('|O', '(1,)'), [0, 0]), 'pickled Python objects, which can run code'],
    [
      'records',
      fileOf("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (), }"),
      'records of several',
    ],
    ['complex', fileOf(header('<c8', '()')), "got '<c8'; convert it with array.astype('float32')"],
    ['prototypes', fileOf(header('<__proto__', '()')), 'a header that states descr'],
    ['a lying shape', fileOf(header('<f4', '(1000000000000,)')), 'expected 4000000000000 bytes of data'],
    ['an endless shape', fileOf(header('<f4', '(99999999999999999999,)')), 'a shape of whole numbers'],
    ['wide integers', fileOf(header('<u4', '(1,)'), [255, 255, 255, 255]), 'an element that int32 can hold'],
    ['a bool of 2', fileOf(header('|b1', '(1,)'), [2]), 'an element that bool can hold'],
    [
      'a long header',
      fileOf(header('<f4', '()').padEnd(20_000)),
      'a header of at most 10000 bytes, got 20000',
    ],
    ['other files', Uint8Array.of(1, 2, 3), 'a.npy, byte 0: expected a .npy file'],
    ['no dictionary', fileOf('__import__("os")'), 'a header that states descr, fortran_order and shape'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeNpy(bytes, 'a.npy')).toThrow(message);
  });

  it('is refused when it ends at any byte', () => {
    const bytes = encodeNpy(ARRAYS[3] as NpyArray);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeNpy(bytes.slice(0, length), 'a.npy')).toThrow('a.npy, byte ');
    }
  });
});

describe('.npz', () => {
  it('keeps arrays by name', async () => {
    const arrays = new Map(ARRAYS.map((array, i) => [`array ${i}`, array]));
    expect(await decodeNpz(await encodeNpz(arrays), 'a.npz')).toEqual(arrays);
  });
});

describe('files of NumPy', () => {
  it('hold tensors', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'antler-numpy-'));
    try {
      const x = tensor([
        [1, 2],
        [3, 4],
      ]);
      await saveNpy(join(folder, 'x.npy'), x);
      expect(await (await loadNpy(join(folder, 'x.npy'))).array()).toEqual([
        [1, 2],
        [3, 4],
      ]);
      await saveNpz(join(folder, 'x.npz'), { x, y: [true, false] });
      const { x: again, y } = await loadNpz(join(folder, 'x.npz'));
      expect([await again?.array(), await y?.array()]).toEqual([
        [
          [1, 2],
          [3, 4],
        ],
        [true, false],
      ]);
      await expect(loadNpy(join(folder, 'none.npy'))).rejects.toThrow('expected a readable file');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
