import { inflate, readFile } from '#platform';
import { damagedFile } from '../util/damaged-file.ts';
import { invariant } from '../util/errors.ts';
import { formatShape, sizeOf } from '../util/shapes.ts';

/** An array of bytes with a shape, row-major. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

export interface IdxOptions {
  /** Number of axes the file must have; any when left out. */
  readonly rank?: number;
}

const GZIP_MAGIC = [0x1f, 0x8b];
const UINT8_TYPE = 0x08;
const MAXIMUM_INFLATED_BYTES = 2 ** 30;

/**
 * Reads an IDX file of unsigned bytes, plain or gzipped.
 * @throws AntlerDataError naming file and byte offset if it is missing, damaged or of another kind
 */
export async function readIdx(path: string, options: IdxOptions = {}): Promise<IdxArray> {
  return decodeIdx(await readIdxBytes(path), path, options);
}

/** The bytes of a file, inflated if they are gzipped. */
export async function readIdxBytes(path: string): Promise<Uint8Array> {
  return inflateIfGzip(await readFile(path), path);
}

/** Inflates what starts with gzip's magic number; leaves other bytes alone. */
export async function inflateIfGzip(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  if (!GZIP_MAGIC.every((byte, index) => bytes[index] === byte)) return bytes;
  return inflate(bytes, { format: 'gzip', maximumBytes: MAXIMUM_INFLATED_BYTES, file });
}

/**
 * Parses IDX: 0, 0, element type, number of axes; each extent as big-endian uint32; the elements.
 * Format as described at LeCun's MNIST page (1998).
 * @param file named in errors
 * @returns `data` is a view of `bytes`
 * @throws AntlerDataError on another magic number, a cut-off file or bytes after the end
 */
export function decodeIdx(bytes: Uint8Array, file: string, { rank }: IdxOptions = {}): IdxArray {
  const axes = readRank(bytes, file, rank);
  const header = headerBytes(axes);
  if (bytes.length < header) {
    throw damagedFile({
      file,
      offset: bytes.length,
      expected: `a header of ${header} bytes`,
      got: `the end of the file after ${bytes.length}`,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  requireLength(bytes.length - header, shape, file);
  return { shape, data: bytes.subarray(header) };
}

/** Bytes before the first element. */
export function headerBytes(rank: number): number {
  return 4 + 4 * rank;
}

/** The inverse of `decodeIdx`. `shape` has 1 to 255 axes. */
export function encodeIdx({ shape, data }: IdxArray): Uint8Array {
  invariant(shape.length >= 1 && shape.length <= 255, `IDX with ${shape.length} axes`);
  invariant(sizeOf(shape) === data.length, `${data.length} bytes for shape ${formatShape(shape)}`);
  const bytes = new Uint8Array(headerBytes(shape.length) + data.length);
  const view = new DataView(bytes.buffer);
  bytes[2] = UINT8_TYPE;
  bytes[3] = shape.length;
  shape.forEach((extent, axis) => {
    view.setUint32(4 + 4 * axis, extent);
  });
  bytes.set(data, headerBytes(shape.length));
  return bytes;
}

function readRank(bytes: Uint8Array, file: string, rank: number | undefined): number {
  const [zero, alsoZero, type, axes] = bytes;
  const isIdx = zero === 0 && alsoZero === 0 && type === UINT8_TYPE && axes !== undefined && axes > 0;
  if (isIdx && (rank === undefined || axes === rank)) return axes;
  const magic = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw damagedFile({
    file,
    offset: 0,
    expected: `the IDX magic number 00 00 08 ${rank === undefined ? '<axes>' : rank.toString(16).padStart(2, '0')}`,
    got: magic || 'an empty file',
  });
}

function requireLength(available: number, shape: readonly number[], file: string): void {
  // Extents are untrusted: their product may be infinite (or NaN, with a zero), and then equals no length.
  const size = sizeOf(shape);
  if (available === size) return;
  const header = headerBytes(shape.length);
  const isCutOff = !(available > size);
  throw damagedFile({
    file,
    offset: isCutOff ? header + available : header + size,
    expected: `${size} bytes of data for shape ${formatShape(shape)}`,
    got: isCutOff ? `the end of the file after ${available}` : `${available - size} bytes too many`,
  });
}
