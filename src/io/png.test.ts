import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BitDepth, encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { AntlerDataError } from '../util/errors.ts';
import { decodePng, readPng } from './png.ts';

const WIDTH = 9;
const HEIGHT = 7;

/** Written by pypng 0.20: grey is (7x + 13y + xy) mod 2^depth; palettes of 4 colours use depth 2 of it. */
const PYPNG = {
  grey1:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHAQAAAADy4FrNAAAAEUlEQVR42mMIZWD438CASgIAPpAF0uuL2/cAAAAASUVORK5CYII=',
  grey1Adam7:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHAQAAAAGF52pbAAAAEklEQVR42mNgQAEfoPB/AwQBAEXQCD42f+oyAAAAAElFTkSuQmCC',
  grey2:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHAgAAAAC1QCAdAAAAG0lEQVR42mOwtGRgCA11YNi4sYHh7t0DDEh8AHMrCPezU7FyAAAAAElFTkSuQmCC',
  grey2Adam7:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHAgAAAAHCRxCLAAAAHUlEQVR42mNgAIMFQNjRAEJ3oTA01IHh7t0DIBoAo/cLEyU02n8AAAAASUVORK5CYII=',
  grey4:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHBAAAAAA6ANW9AAAAMklEQVR42mNgf3p4YQPDVSC4wLD46HNOBYbCrT9tCxj8l3InHmCQnSo7VYDhdav+yQQAqyMSled3GIYAAAAASUVORK5CYII=',
  grey4Adam7:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHBAAAAAFNB+UrAAAAOUlEQVR42mPgYDjA4HCA4RXDMoY1DxQYXugkMJQaMphWMnzdyLD1J8NVILjAULj1p20Bg+xU2akCAL/yE4UFWfMXAAAAAElFTkSuQmCC',
  palette2:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHAgMAAAHQ8r9lAAAADFBMVEUA/wAK6wEU1wQewwlhctrhAAAAA3RSTlP/w4fX5WI9AAAAHUlEQVR42mNgAIMFQNjRAEJ3oTA01IHh7t0DIBoAo/cLEyU02n8AAAAASUVORK5CYII=',
  palette8:
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHCAMAAAGaQqfEAAAADFBMVEUA/wAK6wEU1wQewwlhctrhAAAAA3RSTlP/w4fX5WI9AAAAHklEQVR42mNggAEmJjBCgsyMzIzoBCMMgLlgiBADAAwoAFoPQ7XmAAAAAElFTkSuQmCC',
} as const;

const pypng = (name: keyof typeof PYPNG) => Uint8Array.from(Buffer.from(PYPNG[name], 'base64'));

function pattern(depth: number): number[] {
  return Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => {
    const x = pixel % WIDTH;
    const y = (pixel - x) / WIDTH;
    return (7 * x + 13 * y + x * y) % 2 ** depth;
  });
}

function samplesFor(depth: BitDepth, channels: number): Uint8Array | Uint16Array {
  const values = Array.from(
    { length: WIDTH * HEIGHT * channels },
    (_, i) => (i * i * 37 + i * 11) % 2 ** depth,
  );
  return depth === 16 ? Uint16Array.from(values) : Uint8Array.from(values);
}

function fastPng(depth: 8 | 16, channels: number, interlace: 'null' | 'Adam7' = 'null'): Uint8Array {
  return encode(
    { width: WIDTH, height: HEIGHT, depth, channels, data: samplesFor(depth, channels) },
    { interlace },
  );
}

interface Piece {
  readonly type: string;
  readonly data: Uint8Array;
}

/** Cuts a file into its chunks and puts it together again with right checksums. */
function rebuild(file: Uint8Array, change: (pieces: Piece[]) => Piece[]): Uint8Array {
  const pieces: Piece[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let position = 8; position < file.length; ) {
    const length = view.getUint32(position);
    const type = String.fromCharCode(...file.subarray(position + 4, position + 8));
    pieces.push({ type, data: file.slice(position + 8, position + 8 + length) });
    position += 12 + length;
  }
  const parts = [file.subarray(0, 8), ...change(pieces).map(chunkBytes)];
  return Uint8Array.from(Buffer.concat(parts));
}

function chunkBytes({ type, data }: Piece): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  let crc = ~0;
  for (const byte of bytes.subarray(4, 8 + data.length)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  view.setUint32(8 + data.length, ~crc >>> 0);
  return bytes;
}

const edit = (file: Uint8Array, type: string, change: (data: Uint8Array) => Uint8Array) =>
  rebuild(file, (pieces) =>
    pieces.map((piece) => (piece.type === type ? { type, data: change(piece.data) } : piece)),
  );

async function refuses(file: Uint8Array, message: string): Promise<void> {
  await expect(decodePng(file, 'a.png')).rejects.toThrow(AntlerDataError);
  await expect(decodePng(file, 'a.png')).rejects.toThrow(message);
}

describe('decodePng', () => {
  it.each([1, 2, 3, 4] as const)(
    'reads %i channels of 8 and 16 bits, interlaced or not',
    async (channels) => {
      for (const interlace of ['null', 'Adam7'] as const) {
        const eight = await decodePng(fastPng(8, channels, interlace), 'a.png');
        expect(eight).toEqual({ width: WIDTH, height: HEIGHT, channels, data: samplesFor(8, channels) });
        const sixteen = await decodePng(fastPng(16, channels, interlace), 'a.png');
        expect(sixteen.data).toEqual(
          Uint8Array.from(samplesFor(16, channels), (value) => Math.round(value / 257)),
        );
      }
    },
  );

  it.each([1, 2, 4] as const)('reads grey of %i bits, interlaced or not', async (depth) => {
    const expected = Uint8Array.from(pattern(depth), (value) => (value * 255) / (2 ** depth - 1));
    for (const name of [`grey${depth}`, `grey${depth}Adam7`] as const) {
      const image = await decodePng(pypng(name), 'a.png');
      expect(image, name).toEqual({ width: WIDTH, height: HEIGHT, channels: 1, data: expected });
    }
  });

  it.each(['palette2', 'palette8'] as const)('looks up colours: %s', async (name) => {
    const colours = [0, 1, 2, 3].map((i) => [10 * i, 255 - 20 * i, i * i, i < 3 ? 255 - 60 * i : 255]);
    const expected = pattern(2).flatMap((index) => colours[index] ?? []);
    const image = await decodePng(pypng(name), 'a.png');
    expect(image.channels).toBe(4);
    expect([...image.data]).toEqual(expected);
    const opaque = rebuild(pypng(name), (pieces) => pieces.filter(({ type }) => type !== 'tRNS'));
    expect((await decodePng(opaque, 'a.png')).channels).toBe(3);
  });

  it('gives the transparent colour an alpha of 0', async () => {
    const withKey = (file: Uint8Array, ...key: number[]) =>
      rebuild(file, ([header, ...rest]) => [
        header as Piece,
        { type: 'tRNS', data: Uint8Array.from(key) },
        ...rest,
      ]);
    const grey = await decodePng(withKey(pypng('grey2'), 0, 3), 'a.png');
    expect(grey.channels).toBe(2);
    expect([...grey.data]).toEqual(pattern(2).flatMap((value) => [value * 85, value === 3 ? 0 : 255]));
    const [r, g, b] = samplesFor(8, 3).subarray(6, 9) as Uint8Array;
    const rgb = await decodePng(withKey(fastPng(8, 3), 0, r ?? 0, 0, g ?? 0, 0, b ?? 0), 'a.png');
    expect(rgb.channels).toBe(4);
    expect([...rgb.data.subarray(7, 16)].filter((_, i) => i % 4 === 0)).toEqual([255, 0, 255]);
    await refuses(withKey(fastPng(8, 3), 0, 1), 'a.png, byte 41: expected 6 bytes of tRNS, got 2');
  });
});

describe('damaged PNG files', () => {
  it('are refused at every truncation', async () => {
    const file = pypng('palette2');
    for (let length = 0; length < file.length; length++) {
      await refuses(file.subarray(0, length), length < 8 ? 'a.png, byte 0: ' : `a.png, byte ${length}: `);
    }
  });

  it('are refused after any flipped byte', async () => {
    const file = pypng('grey4Adam7');
    for (let position = 0; position < file.length; position++) {
      const damaged = file.slice();
      damaged[position] = (damaged[position] ?? 0) ^ 0x10;
      await expect(decodePng(damaged, 'a.png'), `byte ${position}`).rejects.toThrow(AntlerDataError);
    }
  });

  it('claim too many pixels, or none', async () => {
    const sized = (width: number, height: number) =>
      edit(pypng('grey1'), 'IHDR', (data) => {
        new DataView(data.buffer).setUint32(0, width);
        new DataView(data.buffer).setUint32(4, height);
        return data;
      });
    await refuses(sized(10_000, 10_000), 'a.png, byte 16: expected 1 to 16777216 pixels, got 10000 x 10000');
    await refuses(sized(0, 7), 'got 0 x 7');
    await refuses(sized(2 ** 32 - 1, 2 ** 32 - 1), 'got 4294967295 x 4294967295');
    await refuses(sized(9, 8), 'a.png, byte 41: expected 24 bytes of image after inflating, got 21');
    await refuses(sized(9, 6), 'byte 18: expected at most 18 bytes after inflating, got more');
  });

  it('break the specification', async () => {
    const header = (position: number, value: number) =>
      edit(pypng('grey1'), 'IHDR', (data) => {
        data[position] = value;
        return data;
      });
    for (const [position, value] of [
      [8, 3],
      [9, 1],
      [9, 2],
      [10, 1],
      [11, 1],
      [12, 2],
    ] as const) {
      await refuses(header(position, value), 'a.png, byte 24: expected a combination of depth, colour');
    }
    const without = (unwanted: string) =>
      rebuild(pypng('palette2'), (pieces) => pieces.filter(({ type }) => type !== unwanted));
    await refuses(without('IHDR'), 'a.png, byte 8: expected the chunk IHDR of 13 bytes, got PLTE');
    await refuses(without('PLTE'), 'a.png, byte 0: expected a palette (PLTE) of 1 to 256 colours, got none');
    await refuses(without('IDAT'), 'expected whole deflate data');
    await refuses(without('IEND'), 'got the end of the file');
    await refuses(
      edit(pypng('palette2'), 'PLTE', (data) => data.slice(0, 4)),
      'of 1 to 256 colours, got 4 bytes',
    );
    await refuses(
      edit(pypng('palette2'), 'PLTE', (data) => data.slice(0, 6)),
      'expected a colour below 2, got ',
    );
    await refuses(
      new TextEncoder().encode('GIF89a'),
      'a.png, byte 0: expected a PNG file, got another signature',
    );
  });

  it('use a row filter that does not exist', async () => {
    const { deflateSync } = await import('node:zlib');
    const rows = new Uint8Array(21);
    rows[3] = 5;
    const file = edit(pypng('grey1'), 'IDAT', () => Uint8Array.from(deflateSync(rows)));
    await refuses(file, 'a.png, byte 0: expected a row filter of 0 to 4, got 5');
  });
});

describe('readPng', () => {
  it('reads a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'antler-png-'));
    const path = join(folder, 'a.png');
    await writeFile(path, pypng('grey1'));
    expect((await readPng(path)).width).toBe(WIDTH);
    await rm(folder, { recursive: true });
    await expect(readPng(path)).rejects.toThrow(AntlerDataError);
  });
});
