import { fromHost, Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode, toTensor } from '../convert.ts';
import { take } from '../index/take.ts';
import { add, cast, mul } from '../math/arithmetic.ts';
import { moveaxis, reshape } from '../shape/shape.ts';

/** How to fill in between pixels. */
export type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos3' | 'lanczos5';

/** Options of `resize`. */
export interface ResizeOptions {
  /** Default `bilinear`. */
  readonly interpolation?: Interpolation;
  /** Widen the kernel when shrinking, so that no pixel is skipped. Default false; `nearest` never does. */
  readonly antialias?: boolean;
}

/** Weight of a pixel at a distance, and how far the kernel reaches. */
interface Kernel {
  readonly reach: number;
  weight(distance: number): number;
}

/** Keys 1981, with a = -1/2. */
function cubic(x: number): number {
  return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
}

function lanczos(reach: number): Kernel {
  const sinc = (x: number) => (x < 1e-8 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
  return { reach, weight: (x) => sinc(x) * sinc(x / reach) };
}

const KERNELS: Readonly<Record<Exclude<Interpolation, 'nearest'>, Kernel>> = {
  bilinear: { reach: 1, weight: (x) => 1 - x },
  bicubic: { reach: 2, weight: cubic },
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
};

/** One pixel of the input for every pixel of the output, with its weight. */
interface Tap {
  readonly places: Int32Array;
  readonly weights: Float64Array;
}

/** The taps of one axis; pixels are squares around half-integers, and weights of pixels inside add up to 1. */
function tapsOf(extent: number, size: number, interpolation: Interpolation, antialias: boolean): Tap[] {
  const ratio = extent / size;
  if (interpolation === 'nearest') {
    const places = Int32Array.from({ length: size }, (_, i) => Math.floor((i + 0.5) * ratio));
    return [{ places, weights: new Float64Array(size).fill(1) }];
  }
  const { reach, weight } = KERNELS[interpolation];
  const width = antialias ? Math.max(ratio, 1) : 1;
  const count = Math.min(extent, 2 * Math.ceil(reach * width) + 1);
  const taps = Array.from({ length: count }, () => ({
    places: new Int32Array(size),
    weights: new Float64Array(size),
  }));
  for (let i = 0; i < size; i++) {
    const center = (i + 0.5) * ratio - 0.5;
    const first = Math.min(Math.max(Math.ceil(center - reach * width), 0), extent - count);
    const weights = taps.map((_, t) => {
      const distance = Math.abs(first + t - center) / width;
      return distance < reach ? weight(distance) : 0;
    });
    const total = weights.reduce((sum, w) => sum + w, 0);
    taps.forEach((tap, t) => {
      tap.places[i] = first + t;
      tap.weights[i] = at(weights, t) / total;
    });
  }
  return taps.filter(({ weights }) => weights.some((w) => w !== 0));
}

/** The rows of x mixed as the taps say: [extent, ...] to [size, ...]. */
function resample(x: Tensor, taps: readonly Tap[]): Tensor {
  const parts = taps.map(({ places, weights }) => {
    const rows = take(x, fromHost(places, [places.length], 'int32'));
    if (weights.every((w) => w === 1)) return rows;
    const factors = cast(fromHost(weights, [weights.length], 'float64'), x.dtype);
    return mul(rows, reshape(factors, [weights.length, ...x.shape.slice(1).map(() => 1)]));
  });
  return parts.reduce(add);
}

/**
 * Pictures of another size: [batch, height, width, channels] or [height, width, channels] to the same with
 * [height', width']. Pixels are squares whose centres lie at half-integers, as in Keras 3. Integers become float32, but
 * `nearest` keeps the dtype.
 * @param size [height', width'] > 0
 * @throws AntlerShapeError for another rank and for empty pictures
 */
export function resize(
  images: TensorLike,
  size: readonly [number, number],
  options: ResizeOptions = {},
): Tensor {
  const { interpolation = 'bilinear', antialias = false } = options;
  const isNearest = interpolation === 'nearest';
  if (!isNearest && !Object.hasOwn(KERNELS, interpolation)) {
    const expected = `interpolation nearest, ${Object.keys(KERNELS).join(', ')}`;
    throw new AntlerValueError({ where: 'resize', expected, got: `'${interpolation}'` });
  }
  const given = isNearest ? toTensor(images, 'resize') : new Tensor(toFloatNode(images, 'resize'));
  requirePictures(given, size);
  return size.reduce<Tensor>((picture, target, i) => {
    const axis = given.rank - 3 + i;
    const extent = at(picture.shape, axis);
    if (extent === target) return picture;
    const rows = resample(moveaxis(picture, axis, 0), tapsOf(extent, target, interpolation, antialias));
    return moveaxis(rows, 0, axis);
  }, given);
}

function requirePictures({ shape, rank }: Tensor, size: readonly number[]): void {
  const isPicture = (rank === 3 || rank === 4) && at(shape, -3) > 0 && at(shape, -2) > 0;
  if (!isPicture) {
    const expected = '[batch, height, width, channels] or [height, width, channels], not empty';
    throw new AntlerShapeError({ where: 'resize', expected, got: formatShape(shape) });
  }
  if (size.length === 2 && size.every((extent) => Number.isInteger(extent) && extent > 0)) return;
  throw new AntlerValueError({
    where: 'resize',
    expected: 'size: [height, width], whole numbers > 0',
    got: JSON.stringify(size),
  });
}
