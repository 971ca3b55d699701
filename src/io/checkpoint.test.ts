import { describe, expect, it } from 'vitest';
import { AntlerDataError } from '../util/errors.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint-format.ts';
import { decodeSafetensors } from './safetensors-decode.ts';
import { encodeSafetensors } from './safetensors-encode.ts';

const CHECKPOINT: Checkpoint = {
  arrays: [
    { name: 'dense/kernel', dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, -0, Number.NaN, 4) },
    { name: 'seed', dtype: 'int32', shape: [2], data: Int32Array.of(7, -1) },
  ],
  state: { epoch: 3, best: Number.POSITIVE_INFINITY },
};

describe('a checkpoint', () => {
  it('is given back', async () => {
    expect(await decodeCheckpoint(await encodeCheckpoint(CHECKPOINT), 'x')).toEqual(CHECKPOINT);
  });

  it('has the same bytes whenever it is written', async () => {
    expect(await encodeCheckpoint(CHECKPOINT)).toEqual(await encodeCheckpoint(CHECKPOINT));
  });

  it('is a safetensors file', async () => {
    expect(decodeSafetensors(await encodeCheckpoint(CHECKPOINT), 'x').arrays).toEqual(CHECKPOINT.arrays);
  });
});

describe('a damaged checkpoint', () => {
  it('is refused when it ends at any byte', async () => {
    const bytes = await encodeCheckpoint(CHECKPOINT);
    for (let length = 0; length < bytes.length; length++) {
      await expect(decodeCheckpoint(bytes.subarray(0, length), 'x')).rejects.toThrow(AntlerDataError);
    }
  });

  it('is refused when it has a byte too many', async () => {
    const longer = new Uint8Array([...(await encodeCheckpoint(CHECKPOINT)), 0]);
    await expect(decodeCheckpoint(longer, 'x')).rejects.toThrow(AntlerDataError);
  });

  it('is refused when any bit of any byte is flipped', async () => {
    const bytes = await encodeCheckpoint(CHECKPOINT);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(decodeCheckpoint(flipped, 'x')).rejects.toThrow(AntlerDataError);
    }
  });

  it('says what is wrong', async () => {
    const bytes = await encodeCheckpoint(CHECKPOINT);
    const flipped = bytes.slice();
    flipped[flipped.length - 1] = 1;
    await expect(decodeCheckpoint(flipped, 'c.safetensors')).rejects.toThrow(
      /^c.safetensors, byte 42: expected the bytes with the SHA-256 \w{64}, got others, with \w{64}; the file is damaged: go on from an earlier checkpoint$/,
    );
    const other = encodeSafetensors({ ...CHECKPOINT, metadata: new Map() });
    await expect(decodeCheckpoint(other, 'w.safetensors')).rejects.toThrow(
      'w.safetensors, byte 8: expected a checkpoint, got another file, or its beginning is damaged',
    );
  });
});
