import type { RasterImage } from '../io/raster-image.ts';
import { AntlerValueError, at, invariant } from '../util/errors.ts';
import { resample } from './resample.ts';

/** One grey value in 0 .. 255 per pixel: [height, width], row-major. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

const WHITE = 255;

/** Luma as ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B; what is transparent lies on white paper. */
export function toGrey({ width, height, channels, data }: RasterImage): GreyImage {
  invariant(data.length === width * height * channels, 'the image has another size than it says');
  const values = new Float64Array(width * height);
  const hasColour = channels >= 3;
  const hasAlpha = channels % 2 === 0;
  for (let pixel = 0; pixel < values.length; pixel++) {
    const start = pixel * channels;
    const first = at(data, start);
    const luma = hasColour
      ? 0.299 * first + 0.587 * at(data, start + 1) + 0.114 * at(data, start + 2)
      : first;
    const opacity = hasAlpha ? at(data, start + channels - 1) / 255 : 1;
    values[pixel] = opacity * luma + (1 - opacity) * WHITE;
  }
  return { width, height, values };
}

/**
 * Resizes each axis on its own: to fewer pixels by the mean of the area each new pixel covers, to more by linear
 * interpolation between pixel centres (as `align_corners=False` elsewhere). The same size gives the same image.
 */
export function resizeGrey(image: GreyImage, width: number, height: number): GreyImage {
  requireSize(width);
  requireSize(height);
  const wide = resample(image.values, { outer: image.height, from: image.width, to: width, inner: 1 });
  const values = resample(wide, { outer: 1, from: image.height, to: height, inner: width });
  return { width, height, values };
}

/**
 * A picture of one digit as MNIST has them: white ink on black, square. Light paper (a border brighter than half)
 * is inverted; the shorter side is filled up with the border's mean; then `resizeGrey`. An image that already is
 * `size` x `size` with a dark border is only turned to grey.
 * @returns [size, size] bytes
 */
export function digitFromImage(image: RasterImage, size = 28): Uint8Array {
  const grey = toGrey(image);
  const border = borderMean(grey);
  const { values } = resizeGrey(padToSquare(grey, border), size, size);
  return Uint8Array.from(values, (value) => Math.round(border > WHITE / 2 ? WHITE - value : value));
}

function borderMean({ width, height, values }: GreyImage): number {
  let sum = 0;
  let count = 0;
  values.forEach((value, index) => {
    const x = index % width;
    const y = (index - x) / width;
    if (x > 0 && x < width - 1 && y > 0 && y < height - 1) return;
    sum += value;
    count += 1;
  });
  return sum / count;
}

function padToSquare(image: GreyImage, background: number): GreyImage {
  const side = Math.max(image.width, image.height);
  if (image.width === image.height) return image;
  const values = new Float64Array(side * side).fill(background);
  const left = (side - image.width) >> 1;
  const top = (side - image.height) >> 1;
  for (let y = 0; y < image.height; y++) {
    const row = image.values.subarray(y * image.width, (y + 1) * image.width);
    values.set(row, (top + y) * side + left);
  }
  return { width: side, height: side, values };
}

function requireSize(size: number): void {
  if (Number.isInteger(size) && size > 0) return;
  throw new AntlerValueError({
    where: 'resize',
    expected: 'a positive whole number of pixels',
    got: `${size}`,
  });
}
