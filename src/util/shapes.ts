import { AntlerShapeError, AntlerValueError, at } from './errors.ts';

export type Shape = readonly number[];

/** Number of elements; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Row-major strides in elements. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = at(strides, axis + 1) * at(shape, axis + 1);
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** The shape both broadcast to, NumPy's rule. @throws AntlerShapeError naming both shapes */
export function broadcastShapes(a: Shape, b: Shape, where: string): number[] {
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new AntlerShapeError({
        where,
        expected: 'shapes that broadcast (equal extents, or 1)',
        got: `${formatShape(a)} and ${formatShape(b)}`,
        fix: 'insert axes of 1 with expandDims or reshape where one value serves for many',
      });
    }
    result[axis] = left === 1 ? right : left;
  }
  return result;
}

/** Counts a negative axis from the end. @throws AntlerValueError outside [-rank, rank) */
export function normalizeAxis(axis: number, rank: number, where: string): number {
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new AntlerValueError({
    where,
    expected: rank === 0 ? 'no axis (a scalar has none)' : `an axis in [${-rank}, ${rank - 1}]`,
    got: `${axis}`,
  });
}

/** Sorted, distinct, non-negative axes; all of them when `axes` is undefined. */
export function normalizeAxes(
  axes: number | readonly number[] | undefined,
  rank: number,
  where: string,
): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = typeof axes === 'number' ? [axes] : axes;
  const normal = list.map((axis) => normalizeAxis(axis, rank, where)).sort((a, b) => a - b);
  if (new Set(normal).size === normal.length) return normal;
  throw new AntlerValueError({ where, expected: 'distinct axes', got: `[${list.join(', ')}]` });
}
