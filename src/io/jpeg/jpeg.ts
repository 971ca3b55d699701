import { AntlerDataError } from '../../util/errors.ts';
import type { RasterImage } from '../raster-image.ts';
import { loadJpegLibrary } from './library.ts';

/** Larger claims are refused before memory is taken: 4096 x 4096 pixels, as of PNG. */
const MAXIMUM_MEGAPIXELS = 2 ** 24 / 1e6;
const MAXIMUM_MEBIBYTES = 512;

/**
 * Decodes a baseline or progressive JPEG to grey or RGB. Needs the package jpeg-js.
 * @param file named in errors
 * @throws AntlerDataError for damaged files and larger images; AntlerResourceError without the package
 */
export async function decodeJpeg(bytes: Uint8Array, file: string): Promise<RasterImage> {
  const library = await loadJpegLibrary();
  try {
    const { width, height, data } = library.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: MAXIMUM_MEGAPIXELS,
      maxMemoryUsageInMB: MAXIMUM_MEBIBYTES,
    });
    return { width, height, channels: 3, data };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AntlerDataError(
      { where: file, expected: 'a JPEG image', got: `one that fails (${reason})` },
      { cause },
    );
  }
}
