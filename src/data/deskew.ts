import { type GreyImages, greySizes } from './grey-images.ts';

/** What the ink of an image says about its slant; pixels are counted from 0. */
interface Slant {
  /** Pixels to the right for each pixel downwards; negative in writing that leans forwards. */
  readonly shear: number;
  /** The row of the centre of mass. */
  readonly middle: number;
}

/**
 * Deslants written characters, as in the `[deslant]` rows of LeCun et al. 1998: each row moves sideways, linearly
 * between pixels, by what brings the covariance of the ink's columns and rows to zero. The centre of mass stays; an
 * image without ink, or with ink in one row, stays as it is. What leaves the image is lost.
 * @param images uint8 [count, height, width] or [count, height, width, 1]
 * @returns a new array of the same shape
 * @throws AntlerTypeError, AntlerShapeError for other arrays
 */
export function deskew(images: GreyImages): GreyImages {
  const { count, height, width } = greySizes(images, 'deskew');
  const data = new Uint8Array(images.data.length);
  for (let image = 0; image < count; image++) {
    const start = image * height * width;
    const { shear, middle } = slantOf(images.data.subarray(start, start + height * width), width);
    for (let y = 0; y < height; y++) {
      const row = start + y * width;
      moveRow(images.data.subarray(row, row + width), data.subarray(row, row + width), shear * (y - middle));
    }
  }
  return { data, shape: images.shape };
}

/** From the moments of the ink up to the second. */
function slantOf(image: Uint8Array, width: number): Slant {
  let [mass, sumX, sumY, sumXY, sumYY] = [0, 0, 0, 0, 0];
  for (let pixel = 0; pixel < image.length; pixel++) {
    const ink = image[pixel] ?? 0;
    if (ink === 0) continue;
    const x = pixel % width;
    const y = (pixel - x) / width;
    mass += ink;
    sumX += ink * x;
    sumY += ink * y;
    sumXY += ink * x * y;
    sumYY += ink * y * y;
  }
  // times mass² throughout: whole numbers, so that ink in one row has a spread of exactly 0
  const spread = mass * sumYY - sumY * sumY;
  return spread === 0
    ? { shear: 0, middle: 0 }
    : { shear: (mass * sumXY - sumX * sumY) / spread, middle: sumY / mass };
}

/** `target[x] = source[x + distance]`. */
function moveRow(source: Uint8Array, target: Uint8Array, distance: number): void {
  const whole = Math.floor(distance);
  const share = distance - whole;
  for (let x = 0; x < target.length; x++) {
    const from = x + whole;
    const left = from >= 0 && from < source.length ? (source[from] ?? 0) : 0;
    const right = from >= -1 && from < source.length - 1 ? (source[from + 1] ?? 0) : 0;
    target[x] = Math.round(left + share * (right - left));
  }
}
