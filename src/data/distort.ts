import { NumberStream } from '../random/number-stream.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { elasticField } from './elastic-field.ts';
import { type GreyImages, greySizes } from './grey-images.ts';

/** How far images are distorted: each number bounds one that is uniform in ± itself, unless it says otherwise. */
export interface DistortOptions {
  /** Sideways and up or down, each by itself. Default 0. */
  readonly shiftPixels?: number;
  /** About the image's middle. Default 0. */
  readonly rotationDegrees?: number;
  /** The change of size: 0.1 gives factors from 0.9 to 1.1. In [0, 1), default 0. */
  readonly scaling?: number;
  /** Narrower by what it is made taller, or the reverse; a factor as `scaling`. In [0, 1), default 0. */
  readonly squeezing?: number;
  /** Slant: pixels sideways for each pixel downwards. Default 0. */
  readonly shear?: number;
  /** Standard deviation of a smooth random field that moves every pixel by itself. Default 0. */
  readonly elasticPixels?: number;
  /** Whole number in [0, 2^53). Default 0. */
  readonly seed?: number;
  /** Another pass over the same images, which distorts them anew. Default 0. */
  readonly epoch?: number;
}

type Amounts = Required<Omit<DistortOptions, 'seed' | 'epoch'>>;

const NONE: Amounts = {
  shiftPixels: 0,
  rotationDegrees: 0,
  scaling: 0,
  squeezing: 0,
  shear: 0,
  elasticPixels: 0,
};

/** Where a pixel reads, both from the middle: `x' = xx x + xy y + x0`, `y' = yx x + yy y + y0`. */
interface AffineMap {
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
  readonly x0: number;
  readonly y0: number;
}

/** One image within a stack. */
interface Place {
  readonly start: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Images as other hands would have written them: each is squeezed, scaled, slanted, turned and shifted at random, the
 * planar affine distortions of LeCun et al. 1998 and rotation, and bent if asked (Simard, Steinkraus, Platt 2003).
 * Linear between pixels; beyond the image lies background. Image `i` follows from `seed`, `epoch` and `i` alone.
 * @param images uint8 [count, height, width] or [count, height, width, 1]
 * @returns a new array of the same shape
 * @throws AntlerTypeError, AntlerShapeError for other arrays; AntlerValueError for amounts out of their range
 */
export function distort(images: GreyImages, options: DistortOptions): GreyImages {
  const { seed = 0, epoch = 0, ...amounts } = options;
  const { count, height, width } = greySizes(images, 'distort');
  const all = requireAmounts({ ...NONE, ...amounts });
  const data = new Uint8Array(images.data.length);
  for (let image = 0; image < count; image++) {
    const place = { start: image * height * width, height, width };
    distortOne(images.data, data, place, all, new NumberStream(seed, epoch, image));
  }
  return { data, shape: images.shape };
}

function requireAmounts(amounts: Amounts): Amounts {
  const where = 'distort';
  requireKnownOptions(amounts, Object.keys(NONE), where);
  for (const [name, value] of Object.entries(amounts)) {
    const isFraction = name === 'scaling' || name === 'squeezing';
    if (value >= 0 && value < (isFraction ? 1 : Infinity)) continue;
    const expected = `${name} ${isFraction ? 'in [0, 1)' : 'that is finite and >= 0'}`;
    throw new AntlerValueError({ where, expected, got: `${value}` });
  }
  return amounts;
}

function distortOne(
  source: Uint8Array,
  target: Uint8Array,
  place: Place,
  amounts: Amounts,
  numbers: NumberStream,
): void {
  const { start, height, width } = place;
  const { xx, xy, yx, yy, x0, y0 } = drawMap(amounts, numbers);
  const bends = amounts.elasticPixels > 0;
  const field = () =>
    bends ? elasticField(numbers, amounts.elasticPixels, height, width) : new Float64Array(height * width);
  const [bendX, bendY] = [field(), field()];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  for (let pixel = 0; pixel < height * width; pixel++) {
    const column = pixel % width;
    const x = column - middleX + (bendX[pixel] ?? 0);
    const y = (pixel - column) / width - middleY + (bendY[pixel] ?? 0);
    const value = sample(source, place, xx * x + xy * y + x0 + middleX, yx * x + yy * y + y0 + middleY);
    target[start + pixel] = Math.round(value);
  }
}

/** The inverse of: squeeze and scale, then slant, then turn, then shift. */
function drawMap(amounts: Amounts, numbers: NumberStream): AffineMap {
  const within = (bound: number) => bound * (2 * numbers.uniform() - 1);
  const [shiftX, shiftY] = [within(amounts.shiftPixels), within(amounts.shiftPixels)];
  const angle = (within(amounts.rotationDegrees) * Math.PI) / 180;
  const scale = 1 + within(amounts.scaling);
  const squeeze = 1 + within(amounts.squeezing);
  const shear = within(amounts.shear);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [alongX, alongY] = [1 / (scale * squeeze), squeeze / scale];
  const xx = alongX * (cos + shear * sin);
  const xy = alongX * (sin - shear * cos);
  const yx = -alongY * sin;
  const yy = alongY * cos;
  return { xx, xy, yx, yy, x0: -xx * shiftX - xy * shiftY, y0: -yx * shiftX - yy * shiftY };
}

/** Linear between the four pixels around a point. */
function sample(images: Uint8Array, place: Place, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [toRight, toBottom] = [x - left, y - top];
  const upper = (1 - toRight) * pixelAt(images, place, left, top);
  const lower = (1 - toRight) * pixelAt(images, place, left, top + 1);
  return (
    (1 - toBottom) * (upper + toRight * pixelAt(images, place, left + 1, top)) +
    toBottom * (lower + toRight * pixelAt(images, place, left + 1, top + 1))
  );
}

function pixelAt(images: Uint8Array, { start, height, width }: Place, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (images[start + y * width + x] ?? 0);
}
