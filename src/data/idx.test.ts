import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AntlerDataError, AntlerInternalError } from '../util/errors.ts';
import { decodeIdx, encodeIdx, inflateIfGzip, readIdx } from './idx.ts';

const cube = { shape: [2, 3, 2], data: Uint8Array.from({ length: 12 }, (_, index) => 20 * index) };
const bytes = encodeIdx(cube);

function withBytes(changes: Readonly<Record<number, number>>, length = bytes.length): Uint8Array {
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(0, length));
  for (const [position, byte] of Object.entries(changes)) copy[Number(position)] = byte;
  return copy;
}

describe('IDX', () => {
  it('has the published layout', () => {
    expect([...encodeIdx({ shape: [2], data: Uint8Array.of(7, 8) })]).toEqual([0, 0, 8, 1, 0, 0, 0, 2, 7, 8]);
  });

  it('comes back as it was written, at any alignment', () => {
    expect(decodeIdx(bytes, 'a')).toEqual(cube);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeIdx(shifted.subarray(3), 'a')).toEqual(cube);
    expect(decodeIdx(encodeIdx({ shape: [0, 28], data: new Uint8Array() }), 'a').shape).toEqual([0, 28]);
  });

  it('does not write what it could not read', () => {
    expect(() => encodeIdx({ shape: [3], data: new Uint8Array(2) })).toThrow(AntlerInternalError);
    expect(() => encodeIdx({ shape: [], data: new Uint8Array(1) })).toThrow(AntlerInternalError);
  });

  it('refuses every truncation with the offset where the file ends', () => {
    for (let length = 0; length < bytes.length; length++) {
      const read = () => decodeIdx(bytes.subarray(0, length), 'cut.idx', { rank: 3 });
      expect(read, `${length} bytes`).toThrow(AntlerDataError);
      expect(read).toThrow(`cut.idx, byte ${length < 4 ? 0 : length}: `);
    }
  });

  it('refuses bytes after the end', () => {
    expect(() => decodeIdx(withBytes({}, bytes.length + 2), 'long.idx')).toThrow(
      'long.idx, byte 28: expected 12 bytes of data for shape [2, 3, 2], got 2 bytes too many',
    );
  });

  it('refuses every flipped bit of the header', () => {
    for (let bit = 0; bit < 8 * 16; bit++) {
      const position = bit >> 3;
      const damaged = withBytes({ [position]: (bytes[position] ?? 0) ^ (1 << (bit & 7)) });
      expect(() => decodeIdx(damaged, 'a', { rank: 3 }), `bit ${bit}`).toThrow(AntlerDataError);
    }
  });

  it('refuses another magic number', () => {
    expect(() => decodeIdx(bytes, 'labels', { rank: 1 })).toThrow(
      'labels, byte 0: expected the IDX magic number 00 00 08 01, got 00 00 08 03',
    );
    expect(() => decodeIdx(withBytes({ 2: 0x0d }), 'floats')).toThrow(
      'floats, byte 0: expected the IDX magic number 00 00 08 <axes>, got 00 00 0d 03',
    );
    expect(() => decodeIdx(withBytes({ 3: 0 }), 'scalar')).toThrow(AntlerDataError);
    expect(() => decodeIdx(new Uint8Array(), 'nothing')).toThrow('got an empty file');
  });

  it('believes no size before it has seen the bytes', () => {
    const huge = withBytes({ 4: 255, 5: 255, 6: 255, 7: 255, 8: 255, 9: 255, 12: 255 });
    expect(() => decodeIdx(huge, 'huge')).toThrow(
      /^huge, byte 28: expected 7.89\d*e\+28 bytes .*got the end of the file after 12$/,
    );
    const zeroTimesInfinity = new Uint8Array(4 + 4 * 255).fill(255);
    zeroTimesInfinity.set([0, 0, 8, 255]);
    zeroTimesInfinity.fill(0, 4 + 4 * 254);
    expect(() => decodeIdx(zeroTimesInfinity, 'tricky')).toThrow(AntlerDataError);
  });
});

describe('readIdx', () => {
  it('reads plain and gzipped files, and names a damaged one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'antler-idx-'));
    await writeFile(join(folder, 'plain'), bytes);
    await writeFile(join(folder, 'packed'), gzipSync(bytes));
    await writeFile(join(folder, 'cut'), gzipSync(bytes).subarray(0, 20));
    expect(await readIdx(join(folder, 'plain'), { rank: 3 })).toEqual(cube);
    expect(await readIdx(join(folder, 'packed'))).toEqual(cube);
    await expect(readIdx(join(folder, 'cut'))).rejects.toThrow(
      `${join(folder, 'cut')}, byte 0: expected whole gzip data`,
    );
    await expect(readIdx(join(folder, 'none'))).rejects.toThrow(AntlerDataError);
    await rm(folder, { recursive: true });
  });

  it('leaves bytes alone that are not gzip', async () => {
    expect(await inflateIfGzip(Uint8Array.of(0x1f), 'a')).toEqual(Uint8Array.of(0x1f));
    expect(await inflateIfGzip(bytes, 'a')).toBe(bytes);
  });
});
