import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  AntlerDataError,
  AntlerInternalError,
  AntlerResourceError,
  AntlerValueError,
} from '../util/errors.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { decodeSafetensors } from './safetensors-decode.ts';
import { encodeSafetensors } from './safetensors-encode.ts';
import type { NamedArray, SafetensorsContent } from './safetensors-format.ts';

const ARRAYS: readonly NamedArray[] = [
  { name: 'mask', dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) },
  { name: 'kernel', dtype: 'float32', shape: [2, 2], data: Float32Array.of(1.5, -0, Number.NaN, Infinity) },
  { name: 'wide', dtype: 'float64', shape: [1], data: Float64Array.of(Math.PI) },
  { name: 'bytes', dtype: 'uint8', shape: [2, 1], data: Uint8Array.of(0, 255) },
  { name: 'step', dtype: 'int32', shape: [], data: Int32Array.of(-7) },
  { name: 'empty', dtype: 'float32', shape: [0, 4], data: new Float32Array() },
];

const CONTENT: SafetensorsContent = { arrays: ARRAYS, metadata: new Map([['format', 'antler']]) };
const FILE = encodeSafetensors(CONTENT);
const byName = (arrays: readonly NamedArray[]) => [...arrays].sort((a, b) => (a.name < b.name ? -1 : 1));

/** A file with this header text and so many bytes of data. */
function fileOf(header: string, dataBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const entry = (dtype: string, shape: string, offsets: string) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

function refuses(file: Uint8Array, message: string): void {
  expect(() => decodeSafetensors(file, 'w')).toThrow(AntlerDataError);
  expect(() => decodeSafetensors(file, 'w')).toThrow(message);
}

describe('safetensors', () => {
  it('come back as they were written, at any alignment', () => {
    const shifted = new Uint8Array(FILE.length + 1);
    shifted.set(FILE, 1);
    for (const bytes of [FILE, shifted.subarray(1)]) {
      const { arrays, metadata } = decodeSafetensors(bytes, 'w');
      expect(byName(arrays)).toEqual(byName(ARRAYS));
      expect(metadata).toEqual(CONTENT.metadata);
    }
  });

  it('have bytes that do not depend on the order of the arrays, and aligned data', () => {
    expect(encodeSafetensors({ ...CONTENT, arrays: [...ARRAYS].reverse() })).toEqual(FILE);
    const { arrays } = decodeSafetensors(FILE, 'w');
    expect(arrays.map(({ name }) => name)).toEqual(['wide', 'empty', 'kernel', 'step', 'bytes', 'mask']);
    expect(new DataView(FILE.buffer).getUint32(0, true) % 8).toBe(0);
  });

  it('have the published layout', () => {
    const file = encodeSafetensors({
      arrays: [{ name: 'a', dtype: 'uint8', shape: [2], data: Uint8Array.of(7, 8) }],
      metadata: new Map(),
    });
    const header = '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}'.padEnd(56);
    expect(file).toEqual(Uint8Array.of(56, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(header), 7, 8));
  });

  it('may be empty', () => {
    expect(decodeSafetensors(fileOf('{}'), 'w')).toEqual({ arrays: [], metadata: new Map() });
  });

  it('copy: the arrays do not change with the file', () => {
    const bytes = FILE.slice();
    const { arrays } = decodeSafetensors(bytes, 'w');
    bytes.fill(0);
    expect(byName(arrays)).toEqual(byName(ARRAYS));
  });

  it('keep names that are special to JavaScript', () => {
    const names = ['__proto__', 'constructor', '7', 'ünïcode "quoted"\n', '\ud800'];
    const arrays = names.map(
      (name) => ({ name, dtype: 'uint8', shape: [1], data: Uint8Array.of(1) }) as const,
    );
    const metadata = new Map([['__proto__', 'harmless']]);
    const decoded = decodeSafetensors(encodeSafetensors({ arrays, metadata }), 'w');
    expect(decoded.arrays.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(decoded.metadata).toEqual(metadata);
    expect(({} as Record<string, unknown>).harmless).toBeUndefined();
  });

  it('do not write what they could not read', () => {
    const [mask] = ARRAYS as [NamedArray];
    const write = (arrays: readonly NamedArray[]) => () => encodeSafetensors({ arrays, metadata: new Map() });
    expect(write([mask, mask])).toThrow(AntlerValueError);
    expect(write([{ ...mask, name: '__metadata__' }])).toThrow(
      "safetensors: expected distinct names other than __metadata__, got '__metadata__' again",
    );
    expect(write([{ ...mask, shape: [4] }])).toThrow(AntlerInternalError);
  });
});

describe('damaged safetensors', () => {
  it('are refused at every truncation', () => {
    for (let length = 0; length < FILE.length; length++) {
      const read = () => decodeSafetensors(FILE.subarray(0, length), 'cut.safetensors');
      expect(read, `${length} bytes`).toThrow(AntlerDataError);
      expect(read).toThrow(/^cut\.safetensors, byte \d+: /);
    }
  });

  it('are refused or read to the same sizes after any flipped byte', () => {
    for (let position = 0; position < FILE.length; position++) {
      for (const flip of [0x01, 0x20, 0x80, 0xff]) {
        const damaged = FILE.slice();
        damaged[position] = (damaged[position] ?? 0) ^ flip;
        try {
          const { arrays } = decodeSafetensors(damaged, 'w');
          const bytes = arrays.reduce((sum, { data }) => sum + data.byteLength, 0);
          expect(bytes).toBe(ARRAYS.reduce((sum, { data }) => sum + data.byteLength, 0));
        } catch (error) {
          expect(error, `byte ${position}`).toBeInstanceOf(AntlerDataError);
        }
      }
    }
  });

  it('lie about the length of the header', () => {
    const lying = FILE.slice();
    lying.fill(0xff, 0, 8);
    refuses(lying, `w, byte 0: expected a header of 2 to ${FILE.length - 8} bytes, got 18446744073709551615`);
    refuses(fileOf(''), 'got 0');
    refuses(new Uint8Array(5), "w, byte 5: expected the header's length (8 bytes), got the end of the file");
  });

  it('have a header that is no JSON object', () => {
    refuses(fileOf('{"a":'), 'w, byte 8: expected a header in JSON');
    refuses(fileOf('[]'), 'w, byte 8: expected a JSON object, got []');
    refuses(fileOf('null'), 'expected a JSON object');
    const notUtf8 = fileOf('{"a":1}');
    notUtf8[10] = 0xff;
    refuses(notUtf8, 'w, byte 8: expected a header in UTF-8, got other bytes');
    refuses(fileOf('\ufeff{}'), 'expected a header in JSON');
  });

  it('have a key twice, also when it is spelt differently', () => {
    const a = entry('U8', '[1]', '[0,1]');
    refuses(
      fileOf(`{"ä":${a},"ä":${a}}`, 1),
      `w, byte ${8 + 6 + a.length + 1}: expected distinct keys, got 'ä' twice`,
    );
    refuses(fileOf(`{"a":${a},"\\u0061" :${a}}`, 1), "got 'a' twice");
    refuses(fileOf('{"__proto__":{},"__proto__":{}}'), "got '__proto__' twice");
    refuses(
      fileOf('{"a":{"dtype":"U8","dtype":"F32","shape":[],"data_offsets":[0,1]}}', 1),
      "got 'dtype' twice",
    );
  });

  it('leave gaps, overlap, or say another size than they have', () => {
    const two = (first: string, second: string) =>
      `{"a":${entry('U8', '[2]', first)},"b":${entry('U8', '[2]', second)}}`;
    const start = 8 + two('[0,2]', '[2,4]').length;
    expect(decodeSafetensors(fileOf(two('[2,4]', '[0,2]'), 4), 'w').arrays.map(({ name }) => name)).toEqual([
      'b',
      'a',
    ]);
    refuses(
      fileOf(two('[0,2]', '[3,5]'), 5),
      `w, byte ${start + 2}: expected 'b' to begin at byte 2 of the data, got 3 (a gap)`,
    );
    refuses(
      fileOf(two('[0,2]', '[1,3]'), 3),
      "expected 'b' to begin at byte 2 of the data, got 1 (arrays overlap)",
    );
    refuses(fileOf(two('[1,3]', '[3,5]'), 5), "expected 'a' to begin at byte 0 of the data, got 1 (a gap)");
    refuses(
      fileOf(two('[0,2]', '[2,4]'), 3),
      `w, byte ${start + 3}: expected 4 bytes of data, as the header says, got 3`,
    );
    refuses(
      fileOf(two('[0,2]', '[2,4]'), 5),
      `w, byte ${start + 4}: expected 4 bytes of data, as the header says, got 5`,
    );
  });

  it.each([
    [entry('F16', '[1]', '[0,2]'), 'expected a dtype (BOOL, U8, I32, F32, F64) for \'a\', got "F16"'],
    [entry('U8', '[2]', '[0,1]'), "expected 2 bytes for uint8 [2] for 'a', got [0, 1]"],
    [entry('U8', '[-1]', '[1,0]'), "expected shape, a list of whole numbers for 'a', got [-1]"],
    [entry('U8', '[0.5]', '[0,1]'), 'expected shape'],
    [entry('U8', '[[]]', '[0,1]'), 'got [...]'],
    [entry('U8', '"1"', '[0,1]'), 'expected shape'],
    [entry('U8', '[1]', '[0]'), "expected two data_offsets for 'a', got [0]"],
    [entry('U8', '[1]', '[0,1,1]'), 'expected two data_offsets'],
    [entry('U8', '[1]', '[1e300,1e300]'), 'expected data_offsets, a list of whole numbers'],
    [entry('F32', '[9007199254740991,9007199254740991]', '[0,1]'), 'expected 3.2451'],
    [
      '{"dtype":"U8","shape":[1]}',
      "expected an object of dtype, shape and data_offsets for 'a', got an object of dtype, shape",
    ],
    ['{}', 'got an object of nothing'],
    ['5', 'expected an object of dtype, shape and data_offsets'],
    ['['.repeat(100_000) + ']'.repeat(100_000), 'got [...]'],
  ])('describe an array wrongly: %s', (value, message) => {
    refuses(fileOf(`{"a":${value}}`, 1), `w, byte 8: `);
    refuses(fileOf(`{"a":${value}}`, 1), message);
  });

  it('have metadata that are no strings', () => {
    refuses(fileOf('{"__metadata__":{"epoch":1}}'), "expected an object of strings for '__metadata__'");
    refuses(fileOf('{"__metadata__":[]}'), "expected an object of strings for '__metadata__', got []");
  });

  it('have a BOOL that is neither 0 nor 1', () => {
    const file = fileOf(`{"a":${entry('BOOL', '[2]', '[0,2]')}}`, 2);
    file[file.length - 1] = 2;
    refuses(file, `w, byte ${file.length - 1}: expected a BOOL, 0 or 1, got 2`);
  });
});

describe('files of safetensors', () => {
  it('are written and read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'antler-safetensors-'));
    const path = join(folder, 'weights.safetensors');
    await writeSafetensors(path, CONTENT);
    expect(byName((await readSafetensors(path)).arrays)).toEqual(byName(ARRAYS));
    await rm(folder, { recursive: true });
    await expect(readSafetensors(path)).rejects.toThrow(AntlerDataError);
    await expect(writeSafetensors(path, CONTENT)).rejects.toThrow(AntlerResourceError);
  });
});
