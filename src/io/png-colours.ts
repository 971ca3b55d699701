import { damagedFile } from '../util/damaged-file.ts';
import { at } from '../util/errors.ts';
import type { PngChunk } from './png-chunks.ts';
import type { PngHeader } from './png-header.ts';
import type { RasterImage } from './raster-image.ts';

/** The chunks that give stored samples their colour. */
export interface ColourChunks {
  readonly palette: PngChunk | undefined;
  readonly transparency: PngChunk | undefined;
}

/** Turns stored samples into bytes: 8 bits each, palettes looked up, the transparent colour given an alpha. */
export function toRaster(
  samples: Uint16Array,
  header: PngHeader,
  chunks: ColourChunks,
  file: string,
): RasterImage {
  if (header.colour === 'palette') return lookUp(samples, header, chunks, file);
  const { width, height, depth } = header;
  const bytes = Uint8Array.from(samples, (sample) => Math.round((sample * 255) / (2 ** depth - 1)));
  const isOpaque = header.colour === 'grey' || header.colour === 'rgb';
  if (!isOpaque || !chunks.transparency) return { width, height, channels: header.samples, data: bytes };
  return withTransparentColour(bytes, samples, header, readKey(chunks.transparency, header, file));
}

function lookUp(
  indices: Uint16Array,
  { width, height }: PngHeader,
  { palette, transparency }: ColourChunks,
  file: string,
): RasterImage {
  const colours = readPalette(palette, file);
  const channels = transparency ? 4 : 3;
  const data = new Uint8Array(indices.length * channels);
  indices.forEach((index, pixel) => {
    const colour = colours.subarray(3 * index, 3 * index + 3);
    if (colour.length < 3) {
      const expected = `a colour below ${colours.length / 3}`;
      throw damagedFile({ file, offset: 0, expected, got: `${index} at pixel ${pixel}` });
    }
    data.set(colour, pixel * channels);
    if (transparency) data[pixel * channels + 3] = transparency.data[index] ?? 255;
  });
  return { width, height, channels, data };
}

function readPalette(chunk: PngChunk | undefined, file: string): Uint8Array {
  const length = chunk?.data.length ?? 0;
  if (chunk && length > 0 && length % 3 === 0 && length <= 768) return chunk.data;
  throw damagedFile({
    file,
    offset: chunk?.offset ?? 0,
    expected: 'a palette (PLTE) of 1 to 256 colours',
    got: chunk ? `${length} bytes` : 'none',
  });
}

/** The one colour that is transparent, a 16-bit number for each sample. */
function readKey({ data, offset }: PngChunk, { samples }: PngHeader, file: string): number[] {
  if (data.length !== 2 * samples) {
    throw damagedFile({ file, offset, expected: `${2 * samples} bytes of tRNS`, got: `${data.length}` });
  }
  return Array.from({ length: samples }, (_, i) => (at(data, 2 * i) << 8) | at(data, 2 * i + 1));
}

function withTransparentColour(
  bytes: Uint8Array,
  stored: Uint16Array,
  { width, height, samples }: PngHeader,
  key: readonly number[],
): RasterImage {
  const channels = samples === 1 ? 2 : 4;
  const data = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const start = pixel * samples;
    data.set(bytes.subarray(start, start + samples), pixel * channels);
    const isKey = key.every((value, sample) => stored[start + sample] === value);
    data[pixel * channels + samples] = isKey ? 0 : 255;
  }
  return { width, height, channels, data };
}
