import { inflate, readFile } from '#platform';
import { damagedFile } from '../util/damaged-file.ts';
import { type PngChunk, readChunks } from './png-chunks.ts';
import { toRaster } from './png-colours.ts';
import { readPngHeader } from './png-header.ts';
import { readScanlines, scanlineBytes } from './png-scanlines.ts';
import type { RasterImage } from './raster-image.ts';

/** 4096 x 4096; larger claims are refused before memory is taken. */
const MAXIMUM_PIXELS = 2 ** 24;

/** Reads a PNG file; see `decodePng`. @throws AntlerDataError if it is missing or damaged */
export async function readPng(path: string): Promise<RasterImage> {
  return decodePng(await readFile(path), path);
}

/**
 * Decodes every PNG of the specification (ISO 15948) to 8 bits a channel: all colour types and depths, palettes,
 * transparency, interlacing. Colours are taken as stored, without gamma or profile.
 * @param file named in errors
 * @throws AntlerDataError naming file and byte offset, before memory is taken for what the file only claims
 */
export async function decodePng(bytes: Uint8Array, file: string): Promise<RasterImage> {
  const chunks = readChunks(bytes, file);
  const header = readPngHeader(chunks[0], MAXIMUM_PIXELS, file);
  const inflated = await inflateImage(chunks, scanlineBytes(header), file);
  const find = (type: string) => chunks.find((chunk) => chunk.type === type);
  const samples = readScanlines(inflated, header, file);
  return toRaster(samples, header, { palette: find('PLTE'), transparency: find('tRNS') }, file);
}

async function inflateImage(
  chunks: readonly PngChunk[],
  expectedBytes: number,
  file: string,
): Promise<Uint8Array> {
  const parts = chunks.filter(({ type }) => type === 'IDAT');
  const compressed = new Uint8Array(parts.reduce((sum, { data }) => sum + data.length, 0));
  let end = 0;
  for (const { data } of parts) {
    compressed.set(data, end);
    end += data.length;
  }
  const inflated = await inflate(compressed, { format: 'deflate', maximumBytes: expectedBytes, file });
  if (inflated.length === expectedBytes) return inflated;
  throw damagedFile({
    file,
    offset: parts[0]?.offset ?? 0,
    expected: `${expectedBytes} bytes of image after inflating`,
    got: `${inflated.length}`,
  });
}
