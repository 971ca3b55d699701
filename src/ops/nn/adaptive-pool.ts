import { fromHost, Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { type TensorLike, toFloatNode, toNumberNode } from '../convert.ts';
import { take } from '../index/take.ts';
import { tensordot } from '../linalg/linalg.ts';
import { max } from '../reduce/reduce.ts';
import { moveaxis } from '../shape/shape.ts';
import { type PerAxis, perAxis, requireImages } from './windows.ts';

/** Window i of `count` over an extent: from floor(i extent / count) up to ceil((i + 1) extent / count). As PyTorch. */
function windowOf(i: number, count: number, extent: number): { start: number; end: number } {
  return { start: Math.floor((i * extent) / count), end: Math.ceil(((i + 1) * extent) / count) };
}

/** Applies `along` to every spatial axis with the number of windows on it. */
function overAxes(
  x: Tensor,
  outputSize: PerAxis,
  where: string,
  along: (x: Tensor, axis: number, count: number) => Tensor,
): Tensor {
  const rank = Math.min(Math.max(x.rank - 2, 1), 3);
  requireImages(x.shape, rank, where);
  return perAxis(outputSize, rank, 'outputSize', where).reduce(
    (pooled, count, i) => along(pooled, i + 1, count),
    x,
  );
}

/** Weights of the elements in each mean: [extent, count]. */
function averaging(extent: number, count: number, dtype: 'float32' | 'float64'): Tensor {
  const weights = new (dtype === 'float64' ? Float64Array : Float32Array)(extent * count);
  for (let i = 0; i < count; i++) {
    const { start, end } = windowOf(i, count, extent);
    for (let place = start; place < end; place++) weights[place * count + i] = 1 / (end - start);
  }
  return fromHost(weights, [extent, count], dtype);
}

/**
 * Means over windows that share out each spatial axis among `outputSize` results, overlapping where it does not divide:
 * [batch, ...spatial, channels] to [batch, ...outputSize, channels] for 1 to 3 spatial axes. Integers become float32.
 * @throws AntlerShapeError for other ranks
 */
export function adaptiveAvgPool(x: TensorLike, outputSize: PerAxis): Tensor {
  const values = new Tensor(toFloatNode(x, 'adaptiveAvgPool'));
  const dtype = values.dtype === 'float64' ? 'float64' : 'float32';
  return overAxes(values, outputSize, 'adaptiveAvgPool', (pooled, axis, count) => {
    const weights = averaging(at(pooled.shape, axis), count, dtype);
    return moveaxis(tensordot(pooled, weights, [[axis], [0]]), -1, axis);
  });
}

/** Places of the elements of each window, those of shorter windows repeated: [count, longest]. */
function windowPlaces(extent: number, count: number): Tensor {
  const windows = Array.from({ length: count }, (_, i) => windowOf(i, count, extent));
  const longest = Math.max(...windows.map(({ start, end }) => end - start));
  const places = windows.flatMap(({ start, end }) =>
    Array.from({ length: longest }, (_, i) => Math.min(start + i, end - 1)),
  );
  return fromHost(Int32Array.from(places), [count, longest], 'int32');
}

/**
 * Largest elements of windows that share out each spatial axis among `outputSize` results, as `adaptiveAvgPool`. A NaN wins.
 * @throws AntlerShapeError for other ranks
 */
export function adaptiveMaxPool(x: TensorLike, outputSize: PerAxis): Tensor {
  const values = new Tensor(toNumberNode(x, 'adaptiveMaxPool'));
  return overAxes(values, outputSize, 'adaptiveMaxPool', (pooled, axis, count) =>
    max(take(pooled, windowPlaces(at(pooled.shape, axis), count), axis), axis + 1),
  );
}
