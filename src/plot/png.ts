import { crc32 } from '../util/crc32.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Colour types of the PNG specification: grey, colour, colour with opacity. */
const COLOUR_TYPES = { 1: 0, 3: 2, 4: 6 } as const;
const LARGEST_STORED_BLOCK = 65_535;
/** A window of 32 KiB, no preset dictionary, and the two check bits that go with them. */
const ZLIB_HEADER = [0x78, 0x01];
const ADLER_MODULUS = 65_521;

/** A picture of bytes, [height, width, channels], row-major: 1 channel grey, 3 colour, 4 colour and opacity. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** Writes a PNG (ISO 15948) of 8 bits a channel, unfiltered and stored: nothing is asked of the platform. */
export function encodePng({ width, height, channels, data }: Picture): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, COLOUR_TYPES[channels]], 8);
  const rowBytes = width * channels;
  const lines = new Uint8Array(height * (rowBytes + 1));
  for (let row = 0; row < height; row++) {
    lines.set(data.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return joined([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', stored(lines)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** A PNG as the `src` of an image. */
export function pngUrl(picture: Picture): string {
  const bytes = encodePng(picture);
  return `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joined([new TextEncoder().encode(type), data]);
  return joined([bigEndian(data.length), body, bigEndian(crc32(body))]);
}

/** A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4). */
function stored(bytes: Uint8Array): Uint8Array {
  const blocks: ArrayLike<number>[] = [ZLIB_HEADER];
  for (let start = 0; start < bytes.length; start += LARGEST_STORED_BLOCK) {
    const block = bytes.subarray(start, start + LARGEST_STORED_BLOCK);
    const isLast = start + block.length === bytes.length;
    const [low, high] = [block.length & 255, block.length >> 8];
    blocks.push([isLast ? 1 : 0, low, high, low ^ 255, high ^ 255], block);
  }
  return joined([...blocks, bigEndian(adler32(bytes))]);
}

function adler32(bytes: Uint8Array): number {
  let sum = 1;
  let sumOfSums = 0;
  for (const byte of bytes) {
    sum = (sum + byte) % ADLER_MODULUS;
    sumOfSums = (sumOfSums + sum) % ADLER_MODULUS;
  }
  return sumOfSums * 65_536 + sum;
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
