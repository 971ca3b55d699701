import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { lookUp } from '../../util/suggest.ts';
import { type TensorLike, toFloatNode } from '../convert.ts';
import { arange } from '../create.ts';
import { take } from '../index/take.ts';
import { abs, add, cast, clip, floorDiv, mod, mul, sub, where } from '../math/arithmetic.ts';
import { greaterEqual, less, logicalAnd } from '../math/compare.ts';
import { floor } from '../math/math.ts';
import { copysign, trunc } from '../math/signs.ts';
import { expandDims, reshape, squeeze } from '../shape/shape.ts';
import { sliceAxis } from '../shape/slicing.ts';

/** How to fill in between pixels when a picture is moved. */
export type AffineInterpolation = 'nearest' | 'bilinear';

/**
 * What lies around a picture: one value (`constant`), its outermost pixels (`nearest`), itself again (`wrap`), or its
 * mirror image with its outermost pixels once (`mirror`: d c b | a b c d | c b a) or twice (`reflect`: b a | a b | b a).
 */
export type FillMode = 'constant' | 'nearest' | 'wrap' | 'mirror' | 'reflect';

/** Options of `affineTransform`. */
export interface AffineOptions {
  /** Default `bilinear`. */
  readonly interpolation?: AffineInterpolation;
  /** Default `constant`. */
  readonly fillMode?: FillMode;
  /** Value around the picture with `constant`. Default 0. */
  readonly fillValue?: number;
}

/** Where places outside [0, extent) lie inside. */
type Fold = (places: Tensor, extent: number) => Tensor;

function fold(places: Tensor, extent: number): Tensor {
  if (extent === 1) return mul(places, 0);
  const period = 2 * (extent - 1);
  return abs(sub(mod(add(places, extent - 1), period), extent - 1));
}

const FOLDS: Readonly<Record<FillMode, Fold>> = {
  constant: (places, extent) => clip(places, 0, extent - 1),
  nearest: (places, extent) => clip(places, 0, extent - 1),
  wrap: mod,
  mirror: fold,
  // mirrors at the half-integers, which are the odd numbers of a grid twice as fine
  reflect: (places, extent) => floorDiv(sub(fold(add(mul(places, 2), 1), 2 * extent + 1), 1), 2),
};

/** One line of pixels for every place of the result, with its weight. */
interface Tap {
  readonly places: Tensor;
  readonly weight: Tensor | undefined;
}

const TAPS: Readonly<Record<AffineInterpolation, (coordinates: Tensor) => Tap[]>> = {
  nearest: (coordinates) => [{ places: cast(roundAway(coordinates), 'int32'), weight: undefined }],
  bilinear(coordinates) {
    const lower = floor(coordinates);
    const share = sub(coordinates, lower);
    const places = cast(lower, 'int32');
    return [
      { places, weight: sub(1, share) },
      { places: add(places, 1), weight: share },
    ];
  },
};

/** The nearest whole number, halves away from 0. */
function roundAway(x: Tensor): Tensor {
  const whole = trunc(x);
  return where(greaterEqual(abs(sub(x, whole)), 0.5), add(whole, copysign(1, x)), whole);
}

/**
 * Pictures moved, turned, scaled or sheared: [batch, height, width, channels] or [height, width, channels] to the same.
 * The pixel (x, y) of the result is the one of the picture at (a0 x + a1 y + a2, b0 x + b1 y + b2). Has gradients with
 * respect to the pictures and, with `bilinear`, the transform. Integers become float32. As Keras 3.
 * @param transform [8] or [batch, 8]: a0, a1, a2, b0, b1, b2 and two zeros, which are not looked at
 * @throws AntlerShapeError for other shapes; AntlerValueError for an unknown mode or interpolation
 */
export function affineTransform(
  images: TensorLike,
  transform: TensorLike,
  options: AffineOptions = {},
): Tensor {
  const place = 'affineTransform';
  const { interpolation = 'bilinear', fillMode = 'constant', fillValue = 0 } = options;
  const tapsOf = lookUp(TAPS, interpolation, { where: place, kind: 'an interpolation' });
  lookUp(FOLDS, fillMode, { where: place, kind: 'a fillMode' });
  const given = new Tensor(toFloatNode(images, place));
  const pictures = given.rank === 3 ? expandDims(given, 0) : given;
  const matrix = new Tensor(toFloatNode(transform, place));
  requireShapes(pictures, matrix);
  const [columns, rows] = coordinatesOf(pictures, matrix);
  const moved = gather(
    pictures,
    linesOf(tapsOf(rows), at(pictures.shape, 1), fillMode),
    linesOf(tapsOf(columns), at(pictures.shape, 2), fillMode),
    fillValue,
  );
  return given.rank === 3 ? squeeze(moved, 0) : moved;
}

function requireShapes(pictures: Tensor, { shape, rank }: Tensor): void {
  const where = 'affineTransform';
  if (pictures.rank !== 4) {
    const expected = '[batch, height, width, channels] or [height, width, channels]';
    throw new AntlerShapeError({ where, expected, got: formatShape(pictures.shape) });
  }
  const batch = at(pictures.shape, 0);
  if (shape.at(-1) === 8 && (rank === 1 || (rank === 2 && (shape[0] === batch || shape[0] === 1)))) return;
  throw new AntlerShapeError({
    where,
    expected: `a transform [8] or [${batch}, 8]`,
    got: formatShape(shape),
  });
}

/** Where each pixel of the result comes from, as columns and rows: [batch or 1, height, width]. */
function coordinatesOf({ shape }: Tensor, transform: Tensor): [columns: Tensor, rows: Tensor] {
  const lines = reshape(transform, [-1, 8]);
  const entry = (i: number) => reshape(sliceAxis(lines, 1, i, 1), [-1, 1, 1]);
  const x = reshape(arange(0, at(shape, 2), 1, lines.dtype), [1, 1, -1]);
  const y = reshape(arange(0, at(shape, 1), 1, lines.dtype), [1, -1, 1]);
  const line = (first: number) => add(add(mul(y, entry(first + 1)), mul(x, entry(first))), entry(first + 2));
  return [line(0), line(3)];
}

/** The taps of one axis with their places inside a picture. */
interface Line extends Tap {
  /** Which places were inside before, where that matters. */
  readonly isInside: Tensor | undefined;
}

function linesOf(taps: readonly Tap[], extent: number, fillMode: FillMode): Line[] {
  return taps.map(({ places, weight }) => ({
    places: FOLDS[fillMode](places, extent),
    weight,
    isInside: fillMode === 'constant' ? logicalAnd(greaterEqual(places, 0), less(places, extent)) : undefined,
  }));
}

/** The pixels where lines cross, mixed by their weights. */
function gather(
  pictures: Tensor,
  rows: readonly Line[],
  columns: readonly Line[],
  fillValue: number,
): Tensor {
  const [batch, height, width, channels] = pictures.shape as readonly [number, number, number, number];
  const pixels = reshape(pictures, [batch * height * width, channels]);
  const first = mul(reshape(arange(0, batch, 1, 'int32'), [batch, 1, 1]), height);
  const parts = rows.flatMap((row) =>
    columns.map((column) => {
      const found = take(pixels, add(mul(add(first, row.places), width), column.places));
      return weighted(filled(found, row, column, fillValue), row, column);
    }),
  );
  return parts.reduce(add);
}

function filled(found: Tensor, row: Line, column: Line, value: number): Tensor {
  if (!row.isInside || !column.isInside) return found;
  return where(expandDims(logicalAnd(row.isInside, column.isInside), -1), found, value);
}

function weighted(values: Tensor, row: Line, column: Line): Tensor {
  if (!row.weight || !column.weight) return values;
  return mul(values, expandDims(cast(mul(row.weight, column.weight), values.dtype), -1));
}
