import type { Node } from '../../graph/node.ts';
import type { BatchContext } from '../../graph/primitive.ts';
import { at } from '../../util/errors.ts';
import { batchedInput, foldBatch, mergeBatch, splitBatch, unfoldBatch } from '../batching.ts';
import { conv, convInputGradient, convKernelGradient } from './conv.ts';
import type { ConvAttrs, InputGradientAttrs, KernelGradientAttrs } from './conv-shape.ts';

// A batch of images joins the images there are. A batch of kernels becomes groups: each convolves channels of its own.
// Where all kernels see the same images and there are no groups yet, it is enough to have more channels.

export function batchConv(context: BatchContext<ConvAttrs>): Node {
  const { inputs, isBatched, size, attrs } = context;
  const [x, kernel] = [at(inputs, 0), at(inputs, 1)];
  if (!isBatched[1]) return unfoldBatch(conv(foldBatch(x), kernel, attrs), size);
  const isShared = !isBatched[0] && attrs.groups === 1;
  const images = isShared ? x : mergeLast(batchedInput(context, 0));
  return splitLast(conv(images, mergeLast(kernel), isShared ? attrs : grouped(attrs, size)), size);
}

export function batchConvInputGradient(context: BatchContext<InputGradientAttrs>): Node {
  const { inputs, isBatched, size, attrs } = context;
  const [y, kernel] = [at(inputs, 0), at(inputs, 1)];
  const { inputShape } = attrs;
  if (!isBatched[1]) {
    const folded = { ...attrs, inputShape: inputShape.with(0, size * at(inputShape, 0)) };
    return unfoldBatch(convInputGradient(foldBatch(y), kernel, folded), size);
  }
  const widened = { ...attrs, inputShape: inputShape.with(-1, size * at(inputShape, -1)) };
  const isShared = !isBatched[0] && attrs.groups === 1;
  const x = isShared
    ? convInputGradient(y, mergeBatch(kernel, kernel.shape.length - 2), widened)
    : convInputGradient(mergeLast(batchedInput(context, 0)), mergeLast(kernel), grouped(widened, size));
  return splitLast(x, size);
}

export function batchConvKernelGradient(context: BatchContext<KernelGradientAttrs>): Node {
  const { inputs, isBatched, size, attrs } = context;
  const [x, y] = [at(inputs, 0), at(inputs, 1)];
  const { kernelShape } = attrs;
  const [channels, filters] = [kernelShape.length - 2, kernelShape.length - 1];
  const isShared = attrs.groups === 1 && !(isBatched[0] && isBatched[1]);
  const axis = isShared && isBatched[0] ? channels : filters;
  const widened = { ...attrs, kernelShape: kernelShape.with(axis, size * at(kernelShape, axis)) };
  const kernel = isShared
    ? convKernelGradient(isBatched[0] ? mergeLast(x) : x, isBatched[1] ? mergeLast(y) : y, widened)
    : convKernelGradient(
        mergeLast(batchedInput(context, 0)),
        mergeLast(batchedInput(context, 1)),
        grouped(widened, size),
      );
  return splitBatch(kernel, axis, size);
}

function mergeLast(x: Node): Node {
  return mergeBatch(x, x.shape.length - 1);
}

function splitLast(x: Node, size: number): Node {
  return splitBatch(x, x.shape.length - 1, size);
}

function grouped<A extends ConvAttrs>(attrs: A, size: number): A {
  return { ...attrs, groups: attrs.groups * size };
}
