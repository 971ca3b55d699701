import type { Aval, Node } from '../../graph/node.ts';
import { apply, type HostValue, type LoopPrimitive } from '../../graph/primitive.ts';
import { invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { applicable } from '../define.ts';
import { batchConv, batchConvInputGradient, batchConvKernelGradient } from './conv-batch.ts';
import { lowerConv } from './conv-loops.ts';
import { correlate } from './conv-reference.ts';
import {
  type ConvAttrs,
  convShape,
  type InputGradientAttrs,
  type KernelGradientAttrs,
} from './conv-shape.ts';

/**
 * Convolution y[n, p, o] = sum over window positions q and channels c of x[n, p * stride + q * dilation - low, c] w[q, c, o]
 * (a correlation, as everywhere in deep learning), channels last, any number of spatial axes.
 */
const convPrimitive: LoopPrimitive<ConvAttrs> = {
  kind: 'loops',
  name: 'conv',
  infer: ([x, kernel], attrs) => {
    invariant(x && kernel && x.dtype === kernel.dtype, 'conv of unlike inputs');
    return { shape: convShape(x.shape, kernel.shape, attrs), dtype: x.dtype };
  },
  gradient: ({ inputs: [x, kernel], cotangent, attrs, wants }) => {
    invariant(x && kernel, 'conv without inputs');
    return [
      wants(0) ? convInputGradient(cotangent, kernel, { ...attrs, inputShape: x.shape }) : null,
      wants(1) ? convKernelGradient(x, cotangent, { ...attrs, kernelShape: kernel.shape }) : null,
    ];
  },
  batch: batchConv,
  reference: ([x, kernel], attrs, output) => {
    invariant(x && kernel, 'conv without inputs');
    return correlate({ x, kernel, y: fresh(output) }, attrs, 'y');
  },
  lower: ([x, kernel], attrs, output) => {
    invariant(x && kernel, 'conv without inputs');
    return lowerConv({ x: x.shape, kernel: kernel.shape, y: output.shape }, attrs, output, [
      'x',
      'kernel',
      'y',
    ]);
  },
};

/** The product of all x and w that meet in y; linear in both. */
export const conv = applicable(convPrimitive, (x: Node, kernel: Node, attrs: ConvAttrs) =>
  apply(convPrimitive, [x, kernel], attrs),
);

const inputGradientPrimitive: LoopPrimitive<InputGradientAttrs> = {
  kind: 'loops',
  name: 'convInputGradient',
  infer: ([y], { inputShape }) => {
    invariant(y, 'convInputGradient without input');
    return { shape: inputShape, dtype: y.dtype };
  },
  gradient: ({ inputs: [y, kernel], cotangent, attrs, wants }) => {
    invariant(y && kernel, 'convInputGradient without inputs');
    return [
      wants(0) ? conv(cotangent, kernel, convAttrs(attrs)) : null,
      wants(1) ? convKernelGradient(cotangent, y, { ...convAttrs(attrs), kernelShape: kernel.shape }) : null,
    ];
  },
  batch: batchConvInputGradient,
  reference: ([y, kernel], attrs, output) => {
    invariant(y && kernel, 'convInputGradient without inputs');
    return correlate({ x: fresh(output), kernel, y }, attrs, 'x');
  },
  lower: ([y, kernel], attrs, output) => {
    invariant(y && kernel, 'convInputGradient without inputs');
    return lowerConv({ x: output.shape, kernel: kernel.shape, y: y.shape }, attrs, output, [
      'y',
      'kernel',
      'x',
    ]);
  },
};

/** The transpose of `conv` in its input: cotangent of y to cotangent of x (a transposed convolution). */
export const convInputGradient = applicable(
  inputGradientPrimitive,
  (y: Node, kernel: Node, attrs: InputGradientAttrs) => apply(inputGradientPrimitive, [y, kernel], attrs),
);

const kernelGradientPrimitive: LoopPrimitive<KernelGradientAttrs> = {
  kind: 'loops',
  name: 'convKernelGradient',
  infer: ([x], { kernelShape }) => {
    invariant(x, 'convKernelGradient without input');
    return { shape: kernelShape, dtype: x.dtype };
  },
  gradient: ({ inputs: [x, y], cotangent, attrs, wants }) => {
    invariant(x && y, 'convKernelGradient without inputs');
    return [
      wants(0) ? convInputGradient(y, cotangent, { ...convAttrs(attrs), inputShape: x.shape }) : null,
      wants(1) ? conv(x, cotangent, convAttrs(attrs)) : null,
    ];
  },
  batch: batchConvKernelGradient,
  reference: ([x, y], attrs, output) => {
    invariant(x && y, 'convKernelGradient without inputs');
    return correlate({ x, kernel: fresh(output), y }, attrs, 'kernel');
  },
  lower: ([x, y], attrs, output) => {
    invariant(x && y, 'convKernelGradient without inputs');
    return lowerConv({ x: x.shape, kernel: output.shape, y: y.shape }, attrs, output, ['x', 'y', 'kernel']);
  },
};

/** The transpose of `conv` in its kernel: x and the cotangent of y to the cotangent of the kernel. */
export const convKernelGradient = applicable(
  kernelGradientPrimitive,
  (x: Node, y: Node, attrs: KernelGradientAttrs) => apply(kernelGradientPrimitive, [x, y], attrs),
);

function convAttrs({ strides, padding, dilation, groups }: ConvAttrs): ConvAttrs {
  return { strides, padding, dilation, groups };
}

/** A value of zeros, to be added to. */
function fresh(output: Aval): HostValue {
  return { ...output, data: new Float64Array(sizeOf(output.shape)) };
}
