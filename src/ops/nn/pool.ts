import type { Node } from '../../graph/node.ts';
import { poolSelect } from '../../primitives/contraction/pool-select.ts';
import { poolSum } from '../../primitives/contraction/pool-sum.ts';
import type { PoolAttrs } from '../../primitives/contraction/pool-windows.ts';
import { div, full } from '../../primitives/elementwise/arithmetic.ts';
import { constant } from '../../primitives/leaf.ts';
import { broadcastTo } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode, toNode, toNumberNode } from '../convert.ts';
import { max, mean } from '../reduce/reduce.ts';
import { explicitPadding, type Padding, type PerAxis, perAxis, requireImages } from './windows.ts';

/** Options of a pooling. */
export interface PoolOptions {
  /** Extents of the window, in elements. */
  readonly poolSize: PerAxis;
  /** Distance of neighbouring windows, in elements. Default: windows side by side. */
  readonly strides?: PerAxis;
  /** What is padded never wins and is not counted. Default `valid`. */
  readonly padding?: Padding;
}

function geometry(x: Node, rank: number, options: PoolOptions, where: string): PoolAttrs {
  requireImages(x.shape, rank, where);
  const spatial = x.shape.slice(1, -1);
  const window = perAxis(options.poolSize, rank, 'poolSize', where);
  const strides = perAxis(options.strides ?? options.poolSize, rank, 'strides', where);
  const dilation = window.map(() => 1);
  const padding = explicitPadding(options.padding ?? 'valid', { spatial, window, strides, dilation }, where);
  const fits = spatial.every((extent, axis) => {
    const [before, after] = padding[axis] ?? [0, 0];
    return (window[axis] ?? 0) <= extent + before + after;
  });
  if (fits) return { window, strides, padding };
  throw new AntlerShapeError({
    where,
    expected: `a window no larger than the padded input ${formatShape(spatial)}`,
    got: formatShape(window),
    fix: "choose padding 'same' or a smaller poolSize",
  });
}

function maxPool(where: string, rank: number, x: TensorLike, options: PoolOptions): Tensor {
  const node = toNumberNode(x, where);
  return new Tensor(poolSelect(node, node, geometry(node, rank, options, where)));
}

function avgPool(where: string, rank: number, x: TensorLike, options: PoolOptions): Tensor {
  const node = toFloatNode(x, where);
  const attrs = geometry(node, rank, options, where);
  const total = poolSum(node, attrs);
  return new Tensor(div(total, elementCounts(node, total, attrs)));
}

/** How many elements of the input each window sees. */
function elementCounts(x: Node, total: Node, attrs: PoolAttrs): Node {
  const area = attrs.window.reduce((product, extent) => product * extent, 1);
  if (attrs.padding.every(([before, after]) => before === 0 && after === 0)) return full(total, area);
  const plane = broadcastTo(constant(1, x.dtype), [1, ...x.shape.slice(1, -1), 1]);
  return broadcastTo(poolSum(plane, attrs), total.shape);
}

/** Largest element of every window: [batch, width, channels] to [batch, width', channels]. A NaN wins. */
export function maxPool1d(x: TensorLike, options: PoolOptions): Tensor {
  return maxPool('maxPool1d', 1, x, options);
}

/** Largest element of every window: [batch, height, width, channels] to [batch, height', width', channels]. A NaN wins. */
export function maxPool2d(x: TensorLike, options: PoolOptions): Tensor {
  return maxPool('maxPool2d', 2, x, options);
}

/** Largest element of every window: [batch, depth, height, width, channels]. A NaN wins. */
export function maxPool3d(x: TensorLike, options: PoolOptions): Tensor {
  return maxPool('maxPool3d', 3, x, options);
}

/** Mean of every window, padding not counted: [batch, width, channels] to [batch, width', channels]. */
export function avgPool1d(x: TensorLike, options: PoolOptions): Tensor {
  return avgPool('avgPool1d', 1, x, options);
}

/** Mean of every window, padding not counted: [batch, height, width, channels] to [batch, height', width', channels]. */
export function avgPool2d(x: TensorLike, options: PoolOptions): Tensor {
  return avgPool('avgPool2d', 2, x, options);
}

/** Mean of every window, padding not counted: [batch, depth, height, width, channels]. */
export function avgPool3d(x: TensorLike, options: PoolOptions): Tensor {
  return avgPool('avgPool3d', 3, x, options);
}

/** The spatial axes of images. @throws AntlerShapeError unless there are 1 to 3 of them */
function spatialAxes(x: TensorLike, where: string): number[] {
  const { shape } = toNode(x, where);
  const rank = shape.length - 2;
  requireImages(shape, Math.min(Math.max(rank, 1), 3), where);
  return Array.from({ length: rank }, (_, axis) => axis + 1);
}

/** Mean over all spatial axes: [batch, ...spatial, channels] to [batch, channels]. Integers become float32. */
export function globalAvgPool(x: TensorLike): Tensor {
  return mean(x, spatialAxes(x, 'globalAvgPool'));
}

/** Largest element over all spatial axes: [batch, ...spatial, channels] to [batch, channels]. A NaN wins. */
export function globalMaxPool(x: TensorLike): Tensor {
  return max(x, spatialAxes(x, 'globalMaxPool'));
}
