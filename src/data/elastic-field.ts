import type { NumberStream } from '../random/number-stream.ts';

/** Pixels between the knots of a field: a quarter of a digit of MNIST, so that strokes bend and do not tear. */
const SPACING = 7;

/** Root of the sum of the squared weights of the knots around a pixel; between 0.46 and 0.5. */
const SMOOTHING = 0.48;

/** The cubic B-splines that are not 0 at each pixel between two knots, four a pixel; they sum to 1. */
const SPLINES = Float64Array.from(
  Array.from({ length: SPACING }, (_, pixel) => {
    const t = pixel / SPACING;
    const s = 1 - t;
    return [s ** 3 / 6, (4 - 6 * t ** 2 + 3 * t ** 3) / 6, (4 - 6 * s ** 2 + 3 * s ** 3) / 6, t ** 3 / 6];
  }).flat(),
);

/**
 * A smooth random field [height, width]: cubic B-splines over normal values at knots.
 * @param deviation standard deviation of the field's values, within 5 %
 */
export function elasticField(
  numbers: NumberStream,
  deviation: number,
  height: number,
  width: number,
): Float64Array {
  const columns = knotsFor(width);
  const knots = Float64Array.from({ length: knotsFor(height) * columns }, () => numbers.normal());
  const field = new Float64Array(height * width);
  const scale = deviation / SMOOTHING;
  const row = new Float64Array(columns);
  for (let y = 0; y < height; y++) {
    const first = Math.floor(y / SPACING) * columns;
    for (let column = 0; column < columns; column++) row[column] = blend(knots, first + column, columns, y);
    for (let x = 0; x < width; x++) {
      field[y * width + x] = scale * blend(row, Math.floor(x / SPACING), 1, x);
    }
  }
  return field;
}

/** A pixel lies between two knots and needs one more on either side. */
function knotsFor(pixels: number): number {
  return Math.floor((pixels - 1) / SPACING) + 4;
}

/** Four values, `step` apart, weighted by the splines at `pixel`. */
function blend(values: Float64Array, first: number, step: number, pixel: number): number {
  const spline = 4 * (pixel % SPACING);
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += (SPLINES[spline + i] ?? 0) * (values[first + i * step] ?? 0);
  return sum;
}
