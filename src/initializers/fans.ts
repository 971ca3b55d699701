import { at } from '../util/errors.ts';
import { type Shape, sizeOf } from '../util/shapes.ts';

/** How many numbers each output of a weight sums up, and how many outputs each input reaches. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * Fans of a matrix [inputs, outputs] or a convolution kernel [...window, channels, filters]. As Keras 3;
 * a vector counts its length both ways, a scalar 1.
 */
export function fansOf(shape: Shape): Fans {
  if (shape.length < 2) return { fanIn: sizeOf(shape), fanOut: sizeOf(shape) };
  const window = sizeOf(shape.slice(0, -2));
  return { fanIn: window * at(shape, -2), fanOut: window * at(shape, -1) };
}
