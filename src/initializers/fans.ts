import { at } from '../util/errors.ts';
import { type Shape, sizeOf } from '../util/shapes.ts';

/** How many numbers each output of a weight sums up, and how many outputs each input reaches. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Which axes of a weight count inputs, and which outputs, where it is neither a matrix nor a kernel of windows. */
export interface FanAxes {
  readonly inputAxes: readonly number[];
  readonly outputAxes: readonly number[];
}

/**
 * Fans of a matrix [inputs, outputs] or a convolution kernel [...window, channels, filters]. As Keras 3;
 * a vector counts its length both ways, a scalar 1. Of another weight the products of the extents of `axes`.
 */
export function fansOf(shape: Shape, axes?: FanAxes): Fans {
  if (axes) {
    const extents = (list: readonly number[]) => sizeOf(list.map((axis) => at(shape, axis)));
    return { fanIn: extents(axes.inputAxes), fanOut: extents(axes.outputAxes) };
  }
  if (shape.length < 2) return { fanIn: sizeOf(shape), fanOut: sizeOf(shape) };
  const window = sizeOf(shape.slice(0, -2));
  return { fanIn: window * at(shape, -2), fanOut: window * at(shape, -1) };
}
