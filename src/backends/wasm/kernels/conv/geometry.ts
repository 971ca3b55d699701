import type { ConvAttrs } from '../../../../primitives/contraction/conv-shape.ts';
import { at } from '../../../../util/errors.ts';
import type { Shape } from '../../../../util/shapes.ts';
import { FLOAT_BYTES } from '../lanes.ts';
import type { DepthLevel } from '../product/depth.ts';

/** Two spatial axes: vertical, horizontal. */
export type Pair = readonly [vertical: number, horizontal: number];

/** A convolution of images, in elements: x [batch, ...input, channels], y [batch, ...output, filters]. */
export interface ConvGeometry {
  readonly batch: number;
  readonly input: Pair;
  readonly channels: number;
  readonly output: Pair;
  readonly filters: number;
  readonly window: Pair;
  readonly strides: Pair;
  readonly dilation: Pair;
  /** Rows above and columns left of the image that count as zeros. */
  readonly low: Pair;
  readonly groups: number;
}

/** The geometry, or undefined for three and more spatial axes and for padding that cuts. One axis is an image of one row. */
export function convGeometry(
  x: Shape,
  kernel: Shape,
  y: Shape,
  { strides, padding, dilation, groups }: ConvAttrs,
): ConvGeometry | undefined {
  if (strides.length > 2 || strides.length === 0 || padding.flat().some((amount) => amount < 0))
    return undefined;
  const pair = (axes: readonly number[], missing: number): Pair =>
    axes.length === 1 ? [missing, at(axes, 0)] : [at(axes, 0), at(axes, 1)];
  return {
    batch: at(x, 0),
    input: pair(x.slice(1, -1), 1),
    channels: at(x, -1),
    output: pair(y.slice(1, -1), 1),
    filters: at(y, -1),
    window: pair(kernel.slice(0, -2), 1),
    strides: pair(strides, 1),
    dilation: pair(dilation, 1),
    low: pair(
      padding.map(([before]) => before),
      0,
    ),
    groups,
  };
}

/** How an image lies in memory with the zeros around it that windows reach. */
export interface ImageLayout {
  readonly size: Pair;
  readonly isPadded: boolean;
  readonly pixelBytes: number;
  readonly rowBytes: number;
  readonly bytes: number;
}

export function imageLayout({
  input,
  output,
  window,
  strides,
  dilation,
  low,
  channels,
}: ConvGeometry): ImageLayout {
  const reach = (axis: 0 | 1) => (output[axis] - 1) * strides[axis] + (window[axis] - 1) * dilation[axis] + 1;
  const isPadded = low[0] > 0 || low[1] > 0 || reach(0) > input[0] || reach(1) > input[1];
  const size: Pair = isPadded
    ? [Math.max(reach(0), low[0] + input[0]), Math.max(reach(1), low[1] + input[1])]
    : input;
  const pixelBytes = channels * FLOAT_BYTES;
  const rowBytes = size[1] * pixelBytes;
  return { size, isPadded, pixelBytes, rowBytes, bytes: size[0] * rowBytes };
}

/** The inputs of one output pixel and group: window rows, window columns, channels of the group. */
export function patchLevels(
  { window, dilation, channels, groups }: ConvGeometry,
  image: ImageLayout,
): readonly DepthLevel[] {
  return [
    { count: window[0], stride: dilation[0] * image.rowBytes },
    { count: window[1], stride: dilation[1] * image.pixelBytes },
    { count: channels / groups, stride: FLOAT_BYTES },
  ];
}

/** Output pixels as rows whose patches lie at equal distances: those of the image, or one for all pixels. */
export function pixelRuns(
  { output, strides }: ConvGeometry,
  { rowBytes, pixelBytes }: ImageLayout,
): { readonly rows: number; readonly pixels: number } {
  const isOneRow = strides[0] * rowBytes === output[1] * strides[1] * pixelBytes;
  return isOneRow ? { rows: 1, pixels: output[0] * output[1] } : { rows: output[0], pixels: output[1] };
}

/** Inputs of one output element. */
export function patchSize({ window, channels, groups }: ConvGeometry): number {
  return (window[0] * window[1] * channels) / groups;
}
