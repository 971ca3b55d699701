import { describe, expect, it } from 'vitest';
import { expectTunedKernel, float32 } from '../../../../../test/support/tuned-kernel.ts';
import { conv, convInputGradient, convKernelGradient } from '../../../../primitives/contraction/conv.ts';
import { type ConvAttrs, convShape } from '../../../../primitives/contraction/conv-shape.ts';
import type { Shape } from '../../../../util/shapes.ts';
import { tunedKernel } from '../index.ts';

interface ConvCase {
  readonly title: string;
  readonly x: Shape;
  readonly kernel: Shape;
  readonly attrs?: Partial<ConvAttrs>;
}

const both = <T>(value: T): readonly [T, T] => [value, value];
const same = (amount: number) => ({ padding: both(both(amount)) });

const CASES: readonly ConvCase[] = [
  { title: 'LeNet, first', x: [5, 12, 12, 1], kernel: [5, 5, 1, 6], attrs: same(2) },
  { title: 'LeNet, second', x: [3, 9, 10, 6], kernel: [5, 5, 6, 16] },
  { title: '3 x 3 over many channels', x: [2, 6, 7, 16], kernel: [3, 3, 16, 16], attrs: same(1) },
  { title: 'one element', x: [1, 1, 1, 1], kernel: [1, 1, 1, 1] },
  { title: 'one pixel a row', x: [2, 4, 3, 3], kernel: [3, 3, 3, 5] },
  { title: '1 x 1', x: [2, 5, 6, 7], kernel: [1, 1, 7, 12] },
  { title: '1 x 1 in steps of 2', x: [2, 5, 6, 8], kernel: [1, 1, 8, 17], attrs: { strides: [2, 2] } },
  { title: 'steps of 2', x: [3, 9, 8, 4], kernel: [3, 3, 4, 10], attrs: { strides: [2, 2], ...same(1) } },
  {
    title: 'steps that leave inputs over',
    x: [2, 8, 9, 2],
    kernel: [2, 3, 2, 4],
    attrs: { strides: [3, 4] },
  },
  { title: 'dilation', x: [2, 9, 8, 5], kernel: [3, 2, 5, 6], attrs: { dilation: [2, 3] } },
  {
    title: 'dilation of one channel',
    x: [2, 9, 9, 1],
    kernel: [3, 3, 1, 8],
    attrs: { dilation: [2, 2], ...same(2) },
  },
  { title: 'groups', x: [2, 6, 6, 6], kernel: [3, 3, 3, 10], attrs: { groups: 2, ...same(1) } },
  {
    title: 'a group for each channel',
    x: [2, 6, 5, 4],
    kernel: [3, 3, 1, 4],
    attrs: { groups: 4, strides: [2, 1] },
  },
  {
    title: 'uneven padding',
    x: [2, 5, 7, 3],
    kernel: [4, 3, 3, 9],
    attrs: {
      padding: [
        [0, 2],
        [3, 1],
      ],
    },
  },
  {
    title: 'more padding than window',
    x: [2, 3, 3, 2],
    kernel: [2, 2, 2, 3],
    attrs: {
      padding: [
        [3, 2],
        [2, 4],
      ],
    },
  },
  {
    title: 'one axis',
    x: [3, 17, 3],
    kernel: [4, 3, 7],
    attrs: { strides: [2], padding: [[1, 2]], dilation: [1] },
  },
  { title: 'images beyond the cache', x: [1, 33, 50, 40], kernel: [2, 1, 40, 9], attrs: { strides: [5, 4] } },
];

function attrsOf({ attrs }: ConvCase): ConvAttrs {
  return { strides: [1, 1], padding: both([0, 0]), dilation: [1, 1], groups: 1, ...attrs };
}

describe('tuned conv', () => {
  for (const item of CASES) {
    it(`equals the reference: ${item.title}`, () => {
      const shapes = [item.x, item.kernel];
      expectTunedKernel({ primitive: conv.primitive, attrs: attrsOf(item), shapes });
      expectTunedKernel({
        primitive: conv.primitive,
        attrs: attrsOf(item),
        shapes,
        bias: item.kernel.slice(-1),
      });
    });
  }

  it('leaves three spatial axes to the loops', () => {
    const attrs = {
      strides: [1, 1, 1],
      padding: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      dilation: [1, 1, 1],
      groups: 1,
    };
    const inputs = [float32([1, 3, 3, 3, 1]), float32([2, 2, 2, 1, 1])];
    const output = float32([1, 2, 2, 2, 1]);
    expect(tunedKernel({ primitive: conv.primitive, attrs, inputs, output })).toBeUndefined();
  });
});

describe('tuned convInputGradient', () => {
  for (const item of CASES) {
    it(`equals the reference: ${item.title}`, () => {
      const attrs = attrsOf(item);
      const shapes = [convShape(item.x, item.kernel, attrs), item.kernel];
      const primitive = convInputGradient.primitive;
      expectTunedKernel({ primitive, attrs: { ...attrs, inputShape: item.x }, shapes });
    });
  }
});

describe('tuned convKernelGradient', () => {
  for (const item of CASES) {
    it(`equals the reference: ${item.title}`, () => {
      const attrs = attrsOf(item);
      const shapes = [item.x, convShape(item.x, item.kernel, attrs)];
      const primitive = convKernelGradient.primitive;
      expectTunedKernel({ primitive, attrs: { ...attrs, kernelShape: item.kernel }, shapes });
    });
  }
});
