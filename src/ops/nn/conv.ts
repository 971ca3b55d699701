import { conv } from '../../primitives/contraction/conv.ts';
import { cast } from '../../primitives/elementwise/arithmetic.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { isFloat, promote } from '../../util/dtypes.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape, type Shape } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode } from '../convert.ts';
import { explicitPadding, type Padding, type PerAxis, perAxis, requireImages } from './windows.ts';

/** Options of a convolution. */
export interface ConvOptions {
  /** Distance of neighbouring windows, in elements. Default 1. */
  readonly strides?: PerAxis;
  /** Default `valid`. */
  readonly padding?: Padding;
  /** Distance of neighbouring taps of a window, in elements. Default 1. */
  readonly dilationRate?: PerAxis;
  /** Channels and filters are split into so many groups that do not see each other. Default 1. */
  readonly groups?: number;
}

/** Options of a one-dimensional convolution; `causal` looks at the past only. */
export type Conv1dOptions = Omit<ConvOptions, 'padding'> & { readonly padding?: Padding | 'causal' };

/** Images and kernel as floats of one dtype; integers become float32. */
export function convOperands(x: TensorLike, kernel: TensorLike, where: string) {
  const [image, weights] = [toFloatNode(x, where), toFloatNode(kernel, where)];
  const dtype = promote(image.dtype, weights.dtype);
  return [cast(image, isFloat(dtype) ? dtype : 'float32'), cast(weights, dtype)] as const;
}

function convolve(
  where: string,
  rank: number,
  x: TensorLike,
  kernel: TensorLike,
  options: ConvOptions,
): Tensor {
  const [image, weights] = convOperands(x, kernel, where);
  const { groups = 1, padding = 'valid' } = options;
  requireImages(image.shape, rank, where);
  requireKernel(image.shape, weights.shape, groups, where);
  const spatial = image.shape.slice(1, -1);
  const window = weights.shape.slice(0, rank);
  const strides = perAxis(options.strides ?? 1, rank, 'strides', where);
  const dilation = perAxis(options.dilationRate ?? 1, rank, 'dilationRate', where);
  const zeros = explicitPadding(padding, { spatial, window, strides, dilation }, where);
  requireReach(image.shape, window, dilation, zeros, where);
  return new Tensor(conv(image, weights, { strides, padding: zeros, dilation, groups }));
}

function requireKernel(x: Shape, kernel: Shape, groups: number, where: string): void {
  const channels = at(x, -1);
  const filters = kernel.at(-1) ?? 0;
  const fits = Number.isInteger(groups) && groups > 0 && channels % groups === 0 && filters % groups === 0;
  if (fits && kernel.length === x.length && kernel.at(-2) === channels / groups) return;
  throw new AntlerShapeError({
    where,
    expected: `a kernel [...window, channels / groups, filters] for ${channels} channels in ${groups} groups and ${x.length - 2} spatial axes`,
    got: formatShape(kernel),
  });
}

function requireReach(
  x: Shape,
  window: Shape,
  dilation: Shape,
  padding: readonly (readonly [number, number])[],
  where: string,
): void {
  const spatial = x.slice(1, -1);
  const fits = spatial.every((extent, axis) => {
    const [before, after] = at(padding, axis);
    return (at(window, axis) - 1) * at(dilation, axis) + 1 <= extent + before + after;
  });
  if (fits) return;
  throw new AntlerShapeError({
    where,
    expected: `a window no larger than the padded input ${formatShape(spatial)}`,
    got: `${formatShape(window)} with dilation ${formatShape(dilation)}`,
    fix: seemsChannelsFirst(x)
      ? "move the channels to the last axis, or give the layer dataFormat: 'channelsFirst'"
      : "choose padding 'same' or a smaller kernel",
  });
}

/** Pictures of 1 to 4 rows, with more channels than that, are probably [batch, channels, height, width]. */
function seemsChannelsFirst([, first = 0, ...rest]: Shape): boolean {
  return rest.length > 1 && first <= 4 && rest.every((extent) => extent > 4);
}

/**
 * Convolution along one axis: [batch, width, channels] with a kernel [window, channels / groups, filters]
 * to [batch, width', filters].
 * @throws AntlerShapeError for a kernel that does not fit the channels or is larger than the input
 */
export function conv1d(x: TensorLike, kernel: TensorLike, options: Conv1dOptions = {}): Tensor {
  const { padding = 'valid', ...rest } = options;
  if (padding !== 'causal') return convolve('conv1d', 1, x, kernel, { ...rest, padding });
  const window = toFloatNode(kernel, 'conv1d').shape[0] ?? 1;
  const [dilation = 1] = perAxis(rest.dilationRate ?? 1, 1, 'dilationRate', 'conv1d');
  return convolve('conv1d', 1, x, kernel, { ...rest, padding: [[(window - 1) * dilation, 0]] });
}

/**
 * Convolution of images: [batch, height, width, channels] with a kernel [height, width, channels / groups, filters]
 * to [batch, height', width', filters]. With as many groups as channels it is depthwise.
 * @throws AntlerShapeError for a kernel that does not fit the channels or is larger than the input
 */
export function conv2d(x: TensorLike, kernel: TensorLike, options: ConvOptions = {}): Tensor {
  return convolve('conv2d', 2, x, kernel, options);
}

/**
 * Convolution of volumes: [batch, depth, height, width, channels] with a kernel
 * [depth, height, width, channels / groups, filters].
 * @throws AntlerShapeError for a kernel that does not fit the channels or is larger than the input
 */
export function conv3d(x: TensorLike, kernel: TensorLike, options: ConvOptions = {}): Tensor {
  return convolve('conv3d', 3, x, kernel, options);
}
