import { requireKnownOptions } from '../util/suggest.ts';
import { type GreyImages, greySizes } from './grey-images.ts';

/** What the ink of an image says about its slant; pixels are counted from 0. */
interface Slant {
  /** Pixels to the right for each pixel downwards; negative in writing that leans forwards. */
  readonly shear: number;
  /** The centre of mass. */
  readonly x: number;
  readonly y: number;
}

/** Options of `deskew`. */
export interface DeskewOptions {
  /**
   * Whether the centre of mass moves to the middle of the image, between pixels if need be, or stays. Default false. Linear
   * classifiers gain much from it.
   */
  readonly recentre?: boolean;
}

/**
 * Deslants written characters, as in the `[deslant]` rows of LeCun et al. 1998: each row moves sideways, linearly
 * between pixels, by what brings the covariance of the ink's columns and rows to zero. The centre of mass stays, unless it
 * is moved to the middle; an image without ink stays as it is. What leaves the image is lost.
 * @param images uint8 [count, height, width] or [count, height, width, 1]
 * @returns a new array of the same shape
 * @throws AntlerTypeError, AntlerShapeError for other arrays; AntlerValueError for an unknown option
 */
export function deskew(images: GreyImages, options: DeskewOptions = {}): GreyImages {
  requireKnownOptions(options, ['recentre'], 'deskew');
  const { count, height, width } = greySizes(images, 'deskew');
  const data = new Uint8Array(images.data.length);
  const size = height * width;
  const middle = { x: (width - 1) / 2, y: (height - 1) / 2 };
  for (let image = 0; image < count; image++) {
    const source = images.data.subarray(image * size, (image + 1) * size);
    const slant = slantOf(source, width);
    if (!slant) continue;
    const to = options.recentre ? middle : slant;
    for (let y = 0; y < height; y++) {
      const target = data.subarray(image * size + y * width, image * size + (y + 1) * width);
      const row = rowBetween(source, width, y + slant.y - to.y);
      moveRow(row, target, slant.x - to.x + slant.shear * (y - to.y));
    }
  }
  return { data, shape: images.shape };
}

/** From the moments of the ink up to the second. Undefined without ink. */
function slantOf(image: Uint8Array, width: number): Slant | undefined {
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
  if (mass === 0) return undefined;
  // times mass² throughout: whole numbers, so that ink in one row has a spread of exactly 0
  const spread = mass * sumYY - sumY * sumY;
  return {
    shear: spread === 0 ? 0 : (mass * sumXY - sumX * sumY) / spread,
    x: sumX / mass,
    y: sumY / mass,
  };
}

/** The ink at height y, linearly between rows; none outside. */
function rowBetween(image: Uint8Array, width: number, y: number): ArrayLike<number> {
  const whole = Math.floor(y);
  const share = y - whole;
  const rowAt = (row: number): Uint8Array => image.subarray(row * width, (row + 1) * width);
  const isInside = (row: number): boolean => row >= 0 && (row + 1) * width <= image.length;
  if (share === 0 && isInside(whole)) return rowAt(whole);
  const upper = isInside(whole) ? rowAt(whole) : undefined;
  const lower = isInside(whole + 1) ? rowAt(whole + 1) : undefined;
  return Float64Array.from(
    { length: width },
    (_, x) => (1 - share) * (upper?.[x] ?? 0) + share * (lower?.[x] ?? 0),
  );
}

/** `target[x] = source[x + distance]`. */
function moveRow(source: ArrayLike<number>, target: Uint8Array, distance: number): void {
  const whole = Math.floor(distance);
  const share = distance - whole;
  for (let x = 0; x < target.length; x++) {
    const from = x + whole;
    const left = from >= 0 && from < source.length ? (source[from] ?? 0) : 0;
    const right = from >= -1 && from < source.length - 1 ? (source[from + 1] ?? 0) : 0;
    target[x] = Math.round(left + share * (right - left));
  }
}
