import { convInputGradient } from '../../primitives/contraction/conv.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import type { TensorLike } from '../convert.ts';
import { convOperands } from './conv.ts';
import { type PerAxis, perAxis, requireImages } from './windows.ts';

/** Options of a transposed convolution. */
export interface ConvTransposeOptions {
  /** Distance in the output of neighbours in the input. Default 1. */
  readonly strides?: PerAxis;
  /** Default `valid`. */
  readonly padding?: 'valid' | 'same';
  /** Distance of neighbouring taps of a window, in elements. Default 1. */
  readonly dilationRate?: PerAxis;
  /**
   * How much longer than least an axis of the output gets, below the stride. The least is (extent - 1) * stride + reach for
   * `valid`, and + reach % 2 instead for `same`. Default: extent * stride + max(reach - stride, 0) in all for `valid`,
   * extent * stride for `same`.
   */
  readonly outputPadding?: PerAxis;
}

/** Geometry of one axis; `reach` is the extent of the dilated window. */
interface Axis {
  readonly extent: number;
  readonly reach: number;
  readonly stride: number;
  readonly extra: number | undefined;
}

/** Extent of the output, and how much of it is cut off before the first element. */
function outputOf({ extent, reach, stride, extra }: Axis, isSame: boolean): { size: number; cut: number } {
  const span = (extent - 1) * stride;
  if (!isSame)
    return { size: span + (extra === undefined ? Math.max(reach, stride) : reach + extra), cut: 0 };
  const size = span + (extra === undefined ? stride : (reach % 2) + extra);
  // of what is cut off, the odd one goes at the end
  return { size, cut: Math.max(0, Math.floor((span + reach - size) / 2)) };
}

function axesOf(
  spatial: readonly number[],
  window: readonly number[],
  options: ConvTransposeOptions,
  where: string,
): Axis[] {
  const rank = spatial.length;
  const strides = perAxis(options.strides ?? 1, rank, 'strides', where);
  const dilation = perAxis(options.dilationRate ?? 1, rank, 'dilationRate', where);
  const { outputPadding } = options;
  const extras = typeof outputPadding === 'number' ? spatial.map(() => outputPadding) : outputPadding;
  return spatial.map((extent, axis) => {
    const [stride, extra] = [at(strides, axis), extras?.[axis]];
    const reach = (at(window, axis) - 1) * at(dilation, axis) + 1;
    if (extra !== undefined && !(Number.isInteger(extra) && extra >= 0 && extra < stride)) {
      const expected = `outputPadding: whole numbers in [0, stride)`;
      throw new AntlerValueError({ where, expected, got: JSON.stringify(outputPadding) });
    }
    return { extent, reach, stride, extra };
  });
}

function convTranspose(
  where: string,
  rank: number,
  x: TensorLike,
  kernel: TensorLike,
  options: ConvTransposeOptions,
): Tensor {
  const [image, weights] = convOperands(x, kernel, where);
  requireImages(image.shape, rank, where);
  const channels = at(image.shape, -1);
  if (weights.shape.length !== rank + 2 || at(weights.shape, -1) !== channels) {
    const expected = `a kernel [...window, filters, ${channels}] with ${rank} window axes`;
    throw new AntlerShapeError({ where, expected, got: formatShape(weights.shape) });
  }
  const axes = axesOf(image.shape.slice(1, -1), weights.shape.slice(0, rank), options, where);
  const outputs = axes.map((axis) => outputOf(axis, options.padding === 'same'));
  const padding = axes.map(({ extent, reach, stride }, i): [number, number] => {
    const { size, cut } = at(outputs, i);
    return [cut, Math.max(0, (extent - 1) * stride + reach - size - cut)];
  });
  const spatial = outputs.map(({ size }) => size);
  return new Tensor(
    convInputGradient(image, weights, {
      strides: axes.map(({ stride }) => stride),
      dilation: perAxis(options.dilationRate ?? 1, rank, 'dilationRate', where),
      padding,
      groups: 1,
      inputShape: [at(image.shape, 0), ...spatial, at(weights.shape, -2)],
    }),
  );
}

/**
 * Transposed convolution along one axis: [batch, width, channels] with a kernel [window, filters, channels] to
 * [batch, width', filters]; see `convTranspose2d`.
 * @throws AntlerShapeError for a kernel that does not fit the channels
 */
export function convTranspose1d(
  x: TensorLike,
  kernel: TensorLike,
  options: ConvTransposeOptions = {},
): Tensor {
  return convTranspose('convTranspose1d', 1, x, kernel, options);
}

/**
 * Transposed convolution of images, the gradient of `conv2d` in its input: [batch, height, width, channels] with a
 * kernel [height, width, filters, channels] to [batch, height', width', filters]. height' is height * stride for
 * padding `same`, and height * stride + max(window - stride, 0) for `valid`. As Keras 3.
 * @throws AntlerShapeError for a kernel that does not fit the channels
 */
export function convTranspose2d(
  x: TensorLike,
  kernel: TensorLike,
  options: ConvTransposeOptions = {},
): Tensor {
  return convTranspose('convTranspose2d', 2, x, kernel, options);
}

/**
 * Transposed convolution of volumes: [batch, depth, height, width, channels] with a kernel
 * [depth, height, width, filters, channels]; see `convTranspose2d`.
 * @throws AntlerShapeError for a kernel that does not fit the channels
 */
export function convTranspose3d(
  x: TensorLike,
  kernel: TensorLike,
  options: ConvTransposeOptions = {},
): Tensor {
  return convTranspose('convTranspose3d', 3, x, kernel, options);
}
