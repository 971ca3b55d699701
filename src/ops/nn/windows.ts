import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, type Shape } from '../../util/shapes.ts';

/**
 * What lies outside the input: `valid` - nothing, windows stay inside; `same` - zeros, so that the output has
 * ceil(extent / stride) positions; or zeros [before, after] along each spatial axis.
 */
export type Padding = 'valid' | 'same' | readonly (readonly [number, number])[];

/** One number for every spatial axis, or one each. */
export type PerAxis = number | readonly number[];

/** One whole number of at least `least` for each of `rank` spatial axes. @throws AntlerValueError */
export function perAxis(value: PerAxis, rank: number, option: string, where: string): number[] {
  const list = typeof value === 'number' ? new Array<number>(rank).fill(value) : [...value];
  if (list.length === rank && list.every((item) => Number.isInteger(item) && item > 0)) return list;
  const count = rank === 1 ? 'a whole number' : `${rank} whole numbers`;
  throw new AntlerValueError({ where, expected: `${option}: ${count} > 0`, got: `${JSON.stringify(value)}` });
}

/** Geometry of windows along the spatial axes. */
export interface WindowGeometry {
  readonly spatial: Shape;
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
}

/** Zeros before and after each spatial axis. `same` puts the odd one behind, as Keras and TensorFlow. */
export function explicitPadding(
  padding: Padding,
  geometry: WindowGeometry,
  where: string,
): [number, number][] {
  const { spatial, window, strides, dilation } = geometry;
  if (padding === 'valid') return spatial.map(() => [0, 0]);
  if (padding === 'same') {
    return spatial.map((extent, axis) => {
      const reach = (at(window, axis) - 1) * at(dilation, axis) + 1;
      const outputs = Math.ceil(extent / at(strides, axis));
      const total = Math.max(0, (outputs - 1) * at(strides, axis) + reach - extent);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
  }
  const isPairs = Array.isArray(padding) && padding.length === spatial.length;
  if (
    isPairs &&
    padding.every(
      (pair) => pair.length === 2 && pair.every((n: unknown) => Number.isInteger(n) && Number(n) >= 0),
    )
  ) {
    return padding.map(([before, after]) => [before, after]);
  }
  throw new AntlerValueError({
    where,
    expected: `padding 'valid', 'same', or ${spatial.length} pairs [before, after] of whole numbers >= 0`,
    got: JSON.stringify(padding),
  });
}

const AXES = [[], ['width'], ['height', 'width'], ['depth', 'height', 'width']] as const;

/** @throws AntlerShapeError unless x is [batch, ...spatial, channels] with that many spatial axes */
export function requireImages(shape: Shape, rank: number, where: string): void {
  if (shape.length === rank + 2) return;
  const names = ['batch', ...(AXES[rank] ?? []), 'channels'];
  throw new AntlerShapeError({ where, expected: `[${names.join(', ')}]`, got: formatShape(shape) });
}
