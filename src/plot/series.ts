import { AntlerValueError, at } from '../util/errors.ts';
import type { Axis, Range } from './axis.ts';
import { requireSameLength } from './checks.ts';
import { type Html, html } from './html.ts';
import { round } from './svg.ts';

/** Points of a plane in their order. */
export interface Points {
  readonly name: string;
  readonly x: ArrayLike<number>;
  /** As many as `x`. A point that is not finite, or not positive on a logarithmic axis, leaves a gap. */
  readonly y: ArrayLike<number>;
}

/** Where a pixel lies in the picture. */
export type Pixel = readonly [x: number, y: number];

/** The rectangle that is drawn in. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What two axes make of values. */
export interface Plane {
  readonly area: Area;
  readonly x: Axis;
  readonly y: Axis;
}

type Scale = 'linear' | 'log';

/** Whether an axis of that scale has a place for the value. */
export function isShown(value: number, scale: Scale): boolean {
  return Number.isFinite(value) && (scale === 'linear' || value > 0);
}

/** The indices of the points that can be shown. @throws AntlerValueError if there are none */
export function shownIndices(
  where: string,
  { name, x, y }: Points,
  scales: readonly [Scale, Scale],
): number[] {
  const place = `${where}, ${JSON.stringify(name)}`;
  requireSameLength(place, ['x', 'y'], x.length, y.length);
  const shown: number[] = [];
  for (let i = 0; i < x.length; i++) {
    if (isShown(at(x, i), scales[0]) && isShown(at(y, i), scales[1])) shown.push(i);
  }
  if (shown.length > 0) return shown;
  throw new AntlerValueError({
    where: place,
    expected: `points that are finite${scales.includes('log') ? ', and positive on a logarithmic axis' : ''}`,
    got: x.length === 0 ? 'no points' : `${x.length} points, none of that kind`,
    fix: 'leave the series out',
  });
}

/** The smallest and the largest of the numbers. */
export function rangeOf(values: Iterable<number>): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** The points as runs of neighbours in pixels, without those less than half a pixel from the one before. */
export function pixelRuns({ x, y }: Points, shown: readonly number[], plane: Plane): Pixel[][] {
  const runs: Pixel[][] = [];
  let previous = Number.NaN;
  for (const index of shown) {
    const pixel: Pixel = [round(plane.x.toPixel(at(x, index))), round(plane.y.toPixel(at(y, index)))];
    const run = index === previous + 1 ? runs.at(-1) : undefined;
    previous = index;
    if (!run) runs.push([pixel]);
    else if (Math.max(Math.abs(pixel[0] - at(run, -1)[0]), Math.abs(pixel[1] - at(run, -1)[1])) >= 0.5)
      run.push(pixel);
  }
  return runs;
}

/** Dots as one path of strokes without length, which is short for many of them. */
export function drawDots(pixels: readonly Pixel[], diameter: number): Html {
  const path = pixels.map(([x, y]) => `M${x} ${y}h0`).join('');
  return html`<path class="dots" stroke-width="${diameter}" d="${path}"/>`;
}

/** Whether the pixel lies in the area, to within half a pixel. */
export function isInside([x, y]: Pixel, { left, right, top, bottom }: Area): boolean {
  return x >= left - 0.5 && x <= right + 0.5 && y >= top - 0.5 && y <= bottom + 0.5;
}
