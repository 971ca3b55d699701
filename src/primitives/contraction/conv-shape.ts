import { at } from '../../util/errors.ts';
import type { Shape } from '../../util/shapes.ts';

/** One entry a spatial axis. Padding is [before, after], in elements. */
export type ConvAttrs = {
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
  readonly dilation: readonly number[];
  readonly groups: number;
};

export type InputGradientAttrs = ConvAttrs & { readonly inputShape: Shape };
export type KernelGradientAttrs = ConvAttrs & { readonly kernelShape: Shape };

/** Output extent along one spatial axis. */
export function convExtent(
  extent: number,
  window: number,
  stride: number,
  dilation: number,
  [low, high]: readonly [number, number],
): number {
  return Math.max(0, Math.floor((extent + low + high - dilation * (window - 1) - 1) / stride) + 1);
}

/** Shape of a convolution: x [batch, ...spatial, channels], kernel [...window, channels / groups, filters]. */
export function convShape(x: Shape, kernel: Shape, attrs: ConvAttrs): number[] {
  const spatial = attrs.strides.map((stride, axis) =>
    convExtent(at(x, axis + 1), at(kernel, axis), stride, at(attrs.dilation, axis), at(attrs.padding, axis)),
  );
  return [at(x, 0), ...spatial, at(kernel, -1)];
}

/** What takes part in a convolution: y is the sum of the products of x and the kernel. */
export type Role = 'x' | 'kernel' | 'y';
