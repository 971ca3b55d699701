import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AntlerDataError } from '../../util/errors.ts';
import { inflate } from './inflate.ts';

const plain = new TextEncoder().encode('antler '.repeat(1000));
const file = 'data.gz';

describe('inflate', () => {
  it('reads gzip and zlib', async () => {
    const maximumBytes = plain.length;
    expect(await inflate(gzipSync(plain), { format: 'gzip', maximumBytes, file })).toEqual(plain);
    expect(await inflate(deflateSync(plain), { format: 'deflate', maximumBytes, file })).toEqual(plain);
  });

  it('stops at the bound', async () => {
    const bomb = gzipSync(new Uint8Array(10_000_000));
    await expect(inflate(bomb, { format: 'gzip', maximumBytes: 1000, file })).rejects.toThrow(
      'data.gz, byte 1000: expected at most 1000 bytes after inflating, got more',
    );
  });

  it('refuses every truncation', async () => {
    const whole = gzipSync(plain);
    for (let length = 0; length < whole.length; length++) {
      const part = inflate(whole.subarray(0, length), { format: 'gzip', maximumBytes: 1e6, file });
      await expect(part, `${length} of ${whole.length} bytes`).rejects.toThrow(AntlerDataError);
    }
  });

  it('notices a wrong checksum', async () => {
    const damaged = gzipSync(plain);
    const position = damaged.length - 6;
    damaged[position] = (damaged[position] ?? 0) ^ 1;
    await expect(inflate(damaged, { format: 'gzip', maximumBytes: 1e6, file })).rejects.toThrow(
      AntlerDataError,
    );
  });
});
