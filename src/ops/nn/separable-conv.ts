import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { reshape } from '../shape/shape.ts';
import { type Conv1dOptions, type ConvOptions, conv1d, conv2d } from './conv.ts';

/** Options of convolutions that look at each channel on its own. */
export type DepthwiseOptions = Omit<ConvOptions, 'groups'>;

/** The same along one axis; `causal` looks at the past only. */
export type Depthwise1dOptions = Omit<Conv1dOptions, 'groups'>;

/** A kernel [...window, channels, multiplier] as that of a convolution with as many groups as channels. */
function grouped(kernel: TensorLike, rank: number, where: string): { weights: Tensor; groups: number } {
  const given = toTensor(kernel, where);
  const { shape } = given;
  if (shape.length !== rank + 2) {
    const expected = `a kernel [...window, channels, multiplier] with ${rank} window axes`;
    throw new AntlerShapeError({ where, expected, got: formatShape(shape) });
  }
  const [channels, multiplier] = [at(shape, -2), at(shape, -1)];
  const weights = reshape(given, [...shape.slice(0, rank), 1, channels * multiplier]);
  return { weights, groups: channels };
}

/**
 * Convolution of every channel on its own, along one axis: [batch, width, channels] with a kernel
 * [window, channels, multiplier] to [batch, width', channels * multiplier]; see `depthwiseConv2d`.
 */
export function depthwiseConv1d(x: TensorLike, kernel: TensorLike, options: Depthwise1dOptions = {}): Tensor {
  const { weights, groups } = grouped(kernel, 1, 'depthwiseConv1d');
  return conv1d(x, weights, { ...options, groups });
}

/**
 * Convolution of every channel on its own: [batch, height, width, channels] with a kernel
 * [height, width, channels, multiplier] to [batch, height', width', channels * multiplier], the results of a channel
 * side by side. As Keras 3.
 * @throws AntlerShapeError for a kernel that does not fit the channels
 */
export function depthwiseConv2d(x: TensorLike, kernel: TensorLike, options: DepthwiseOptions = {}): Tensor {
  const { weights, groups } = grouped(kernel, 2, 'depthwiseConv2d');
  return conv2d(x, weights, { ...options, groups });
}

/** `depthwiseConv1d`, then a mix of its channels by a kernel [1, channels * multiplier, filters]. */
export function separableConv1d(
  x: TensorLike,
  depthwiseKernel: TensorLike,
  pointwiseKernel: TensorLike,
  options: Depthwise1dOptions = {},
): Tensor {
  return conv1d(depthwiseConv1d(x, depthwiseKernel, options), pointwiseKernel);
}

/** `depthwiseConv2d`, then a mix of its channels by a kernel [1, 1, channels * multiplier, filters]. As Keras 3. */
export function separableConv2d(
  x: TensorLike,
  depthwiseKernel: TensorLike,
  pointwiseKernel: TensorLike,
  options: DepthwiseOptions = {},
): Tensor {
  return conv2d(depthwiseConv2d(x, depthwiseKernel, options), pointwiseKernel);
}
