import { crc32 } from '../util/crc32.ts';
import { damagedFile } from '../util/damaged-file.ts';

/** One chunk of a PNG file. */
export interface PngChunk {
  /** Four letters, for instance `IDAT`. */
  readonly type: string;
  readonly data: Uint8Array;
  /** Where the data begins in the file. */
  readonly offset: number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Splits a PNG file up to `IEND`; what follows it is not looked at. @throws AntlerDataError */
export function readChunks(bytes: Uint8Array, file: string): PngChunk[] {
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) {
    throw damagedFile({ file, offset: 0, expected: 'a PNG file', got: 'another signature' });
  }
  const chunks: PngChunk[] = [];
  let position = SIGNATURE.length;
  while (chunks.at(-1)?.type !== 'IEND') {
    const chunk = readChunk(bytes, position, file);
    chunks.push(chunk);
    position = chunk.offset + chunk.data.length + 4;
  }
  return chunks;
}

/** Length, type, data, checksum. */
function readChunk(bytes: Uint8Array, position: number, file: string): PngChunk {
  requireBytes(bytes, position, 8, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offset = position + 8;
  const length = view.getUint32(position);
  requireBytes(bytes, offset, length + 4, file);
  const type = String.fromCharCode(...bytes.subarray(position + 4, offset));
  const checksum = view.getUint32(offset + length);
  if (crc32(bytes.subarray(position + 4, offset + length)) !== checksum) {
    throw damagedFile({
      file,
      offset: offset + length,
      expected: `the checksum of chunk ${JSON.stringify(type)}`,
      got: 'another',
    });
  }
  return { type, data: bytes.subarray(offset, offset + length), offset };
}

function requireBytes(bytes: Uint8Array, position: number, count: number, file: string): void {
  if (position + count <= bytes.length) return;
  throw damagedFile({
    file,
    offset: bytes.length,
    expected: `${position + count - bytes.length} more bytes`,
    got: 'the end of the file',
  });
}
