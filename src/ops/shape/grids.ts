import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { broadcastShapes, formatShape, type Shape } from '../../util/shapes.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { broadcastTo, reshape } from './shape.ts';

/** Which axis belongs to the first vector. */
export interface MeshgridOptions {
  /** `xy` (default): the second axis, as for points in a picture; `ij`: the first. */
  readonly indexing?: 'xy' | 'ij';
}

/**
 * Coordinates of a grid: vectors [a], [b], [c], ... to one tensor each of shape [a, b, c, ...] (`ij`) or [b, a, c, ...]
 * (`xy`) that repeats the vector along the other axes. As NumPy.
 * @throws AntlerShapeError for anything but vectors
 */
export function meshgrid(
  vectors: readonly TensorLike[],
  { indexing = 'xy' }: MeshgridOptions = {},
): Tensor[] {
  const lines = vectors.map((vector) => toTensor(vector, 'meshgrid'));
  const odd = lines.find(({ rank }) => rank !== 1);
  if (odd)
    throw new AntlerShapeError({ where: 'meshgrid', expected: 'vectors [n]', got: formatShape(odd.shape) });
  const isSwapped = indexing === 'xy' && lines.length > 1;
  const axisOf = (i: number) => (isSwapped && i < 2 ? 1 - i : i);
  const shape = lines.map((_, axis) => at(at(lines, axisOf(axis)).shape, 0));
  return lines.map((line, i) => {
    const alone = shape.map((extent, axis) => (axis === axisOf(i) ? extent : 1));
    return broadcastTo(reshape(line, alone), shape);
  });
}

/** Tensors repeated to their common shape. @throws AntlerShapeError if the shapes do not broadcast */
export function broadcastArrays(...values: readonly TensorLike[]): Tensor[] {
  const given = values.map((value) => toTensor(value, 'broadcastArrays'));
  const shape = given
    .map((one): Shape => one.shape)
    .reduce((a, b) => broadcastShapes(a, b, 'broadcastArrays'), []);
  return given.map((one) => broadcastTo(one, shape));
}
