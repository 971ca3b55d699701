import { readFile } from '#platform';
import { AntlerDataError } from '../util/errors.ts';
import { decodeJpeg } from './jpeg/jpeg.ts';
import { decodePng } from './png.ts';
import type { RasterImage } from './raster-image.ts';

const PNG_START = [0x89, 0x50, 0x4e, 0x47] as const;
const JPEG_START = [0xff, 0xd8, 0xff] as const;

/** Reads a PNG or JPEG file; its first bytes decide, not its name. @throws AntlerDataError if it is neither */
export async function readImage(path: string): Promise<RasterImage> {
  const bytes = await readFile(path);
  if (startsWith(bytes, PNG_START)) return decodePng(bytes, path);
  if (startsWith(bytes, JPEG_START)) return decodeJpeg(bytes, path);
  throw new AntlerDataError({
    where: path,
    expected: 'a PNG or JPEG image',
    got: `bytes that begin with ${[...bytes.subarray(0, 4)].join(' ')}`,
  });
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}
