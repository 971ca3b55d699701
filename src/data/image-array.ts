import type { RasterImage } from '../io/raster-image.ts';
import { at } from '../util/errors.ts';
import { toGrey } from './images.ts';
import type { HostArray } from './pipeline/element.ts';
import { resample } from './resample.ts';

/** Channels of an image: one of luminance, three of colours, or these and opacity. As Keras. */
export const CHANNELS = { grayscale: 1, rgb: 3, rgba: 4 } as const;

export type ColourMode = keyof typeof CHANNELS;

/** The form in which images are wanted. */
export interface ImageForm {
  readonly height: number;
  readonly width: number;
  readonly colorMode: ColourMode;
}

const OPAQUE = 255;

/**
 * Brings an image to a size and to channels, float32 [height, width, channels] in 0 .. 255. Each axis by itself: to fewer
 * pixels by area means, to more by linear interpolation. In grey what is transparent lies on white; in RGB opacity is
 * left out.
 */
export function rasterToArray(image: RasterImage, { height, width, colorMode }: ImageForm): HostArray {
  const { values, channels } = channelsOf(image, colorMode);
  const wide = resample(values, { outer: image.height, from: image.width, to: width, inner: channels });
  const resized = resample(wide, { outer: 1, from: image.height, to: height, inner: width * channels });
  return { data: Float32Array.from(resized), shape: [height, width, channels] };
}

function channelsOf(
  image: RasterImage,
  colorMode: ColourMode,
): { readonly values: Float64Array; readonly channels: number } {
  if (colorMode === 'grayscale') return { values: toGrey(image).values, channels: 1 };
  const channels = CHANNELS[colorMode];
  const { data, channels: stored } = image;
  const [hasColour, hasOpacity] = [stored >= 3, stored % 2 === 0];
  const values = new Float64Array(image.width * image.height * channels);
  for (let pixel = 0; pixel < image.width * image.height; pixel++) {
    const [from, to] = [pixel * stored, pixel * channels];
    for (let colour = 0; colour < 3; colour++)
      values[to + colour] = at(data, from + (hasColour ? colour : 0));
    if (channels === 4) values[to + 3] = hasOpacity ? at(data, from + stored - 1) : OPAQUE;
  }
  return { values, channels };
}
