import type { PoolAttrs } from '../../../../primitives/contraction/pool-windows.ts';
import { at } from '../../../../util/errors.ts';
import type { Shape } from '../../../../util/shapes.ts';
import type { Pair } from '../conv/geometry.ts';

/** Windows over images, in elements: [batch, ...input, channels] and [batch, ...output, channels]. */
export interface PoolGeometry {
  readonly batch: number;
  readonly input: Pair;
  readonly output: Pair;
  readonly channels: number;
  readonly window: Pair;
  readonly strides: Pair;
  /** Rows above and columns left of the image that windows reach. */
  readonly low: Pair;
}

/** The geometry, or undefined for three and more spatial axes and for padding that cuts. One axis is an image of one row. */
export function poolGeometry(
  input: Shape,
  output: Shape,
  { window, strides, padding }: PoolAttrs,
): PoolGeometry | undefined {
  if (window.length > 2 || window.length === 0 || padding.flat().some((amount) => amount < 0))
    return undefined;
  const pair = (axes: readonly number[], missing: number): Pair =>
    axes.length === 1 ? [missing, at(axes, 0)] : [at(axes, 0), at(axes, 1)];
  return {
    batch: at(input, 0),
    input: pair(input.slice(1, -1), 1),
    output: pair(output.slice(1, -1), 1),
    channels: at(input, -1),
    window: pair(window, 1),
    strides: pair(strides, 1),
    low: pair(
      padding.map(([before]) => before),
      0,
    ),
  };
}

/** Neighbouring windows along one axis that have the same part inside the image. */
export interface WindowRun {
  /** First window. */
  readonly first: number;
  readonly count: number;
  /** Position in the image of the first window's part, */
  readonly start: number;
  /** and its extent; 0 where windows lie outside altogether. */
  readonly extent: number;
}

/** The windows of one axis by the part of them that is inside the image, in order. */
export function windowRuns(
  { input, output, window, strides, low }: PoolGeometry,
  axis: 0 | 1,
): readonly WindowRun[] {
  const runs: WindowRun[] = [];
  let skipped = 0;
  for (let o = 0; o < output[axis]; o++) {
    const place = o * strides[axis] - low[axis];
    const start = Math.max(0, place);
    const extent = Math.max(0, Math.min(input[axis], place + window[axis]) - start);
    const last = runs.at(-1);
    if (last && last.extent === extent && (extent === 0 || skipped === start - place)) {
      runs[runs.length - 1] = { ...last, count: last.count + 1 };
    } else runs.push({ first: o, count: 1, start, extent });
    skipped = start - place;
  }
  return runs;
}

/** Whether no element of the image is in two windows. */
export function isDisjoint({ window, strides }: PoolGeometry): boolean {
  return strides[0] >= window[0] && strides[1] >= window[1];
}

/** Whether every element of the image is in exactly one window. */
export function isTiling({ input, output, window, strides, low }: PoolGeometry): boolean {
  return ([0, 1] as const).every(
    (axis) => strides[axis] === window[axis] && output[axis] * strides[axis] - low[axis] >= input[axis],
  );
}
