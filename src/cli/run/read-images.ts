import { readFile } from '#platform';
import { decodeIdx, inflateIfGzip } from '../../data/idx.ts';
import { digitFromImage } from '../../data/images.ts';
import { decodePng } from '../../io/png.ts';
import { AntlerDataError, at } from '../../util/errors.ts';

/** Images of one size, as a network reads them. */
export interface ReadImages {
  readonly count: number;
  /** [count, height, width] */
  readonly pixels: Uint8Array;
}

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const PNG_MAGIC = [0x89, 0x50, 0x4e, 0x47];

/**
 * Reads one PNG, or an IDX file of images. PNGs become grey, dark paper with light ink.
 * @param fit `exact` refuses a PNG of another size, `resize` scales it
 * @throws AntlerDataError if the file is neither, damaged, or of another size
 */
export async function readImages(
  file: string,
  size: ImageSize,
  fit: 'exact' | 'resize',
): Promise<ReadImages> {
  const bytes = await readFile(file);
  if (isPng(file, bytes)) return readPngImage(bytes, file, size, fit);
  const { shape, data } = decodeIdx(await inflateIfGzip(bytes, file), file, { rank: 3 });
  const [count, height, width] = [at(shape, 0), at(shape, 1), at(shape, 2)];
  if (count === 0) throw new AntlerDataError({ where: file, expected: 'at least one image', got: 'none' });
  requireSize({ width, height }, size, file);
  return { count, pixels: data };
}

/** What says it is a PNG is read as one, so that a damaged one is called that. */
function isPng(file: string, bytes: Uint8Array): boolean {
  return file.toLowerCase().endsWith('.png') || PNG_MAGIC.every((byte, index) => bytes[index] === byte);
}

async function readPngImage(
  bytes: Uint8Array,
  file: string,
  size: ImageSize,
  fit: 'exact' | 'resize',
): Promise<ReadImages> {
  const image = await decodePng(bytes, file);
  if (fit === 'exact') requireSize(image, size, file, 'add --resize to scale it');
  return { count: 1, pixels: digitFromImage(image, size.width) };
}

function requireSize(got: ImageSize, expected: ImageSize, file: string, fix?: string): void {
  if (got.width === expected.width && got.height === expected.height) return;
  const words = ({ width, height }: ImageSize) => `${width} x ${height} pixels`;
  throw new AntlerDataError({ where: file, expected: words(expected), got: words(got), ...(fix && { fix }) });
}
