import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTunedKernel, float32 } from '../../../../../../test/support/tuned-kernel.ts';
import { conv, convInputGradient, convKernelGradient } from '../../../../../primitives/contraction/conv.ts';
import { type ConvAttrs, convShape } from '../../../../../primitives/contraction/conv-shape.ts';
import type { Shape } from '../../../../../util/shapes.ts';
import { tunedKernel } from '../../index.ts';

interface TileCase {
  readonly x: Shape;
  readonly kernel: Shape;
  readonly padding: ConvAttrs['padding'];
}

const WINDOW = 3;
const SAME: ConvAttrs['padding'] = [
  [1, 1],
  [1, 1],
];

function attrsOf({ padding }: TileCase): ConvAttrs {
  return { strides: [1, 1], padding, dilation: [1, 1], groups: 1 };
}

/** The convolution, with and without bias, and both gradients; tolerance 4e-6 of the largest element. */
function expectAll(item: TileCase): void {
  const { x, kernel } = item;
  const attrs = attrsOf(item);
  const y = convShape(x, kernel, attrs);
  expectTunedKernel({ primitive: conv.primitive, attrs, shapes: [x, kernel] });
  expectTunedKernel({ primitive: conv.primitive, attrs, shapes: [x, kernel], bias: kernel.slice(-1) });
  expectTunedKernel({
    primitive: convInputGradient.primitive,
    attrs: { ...attrs, inputShape: x },
    shapes: [y, kernel],
  });
  expectTunedKernel({
    primitive: convKernelGradient.primitive,
    attrs: { ...attrs, kernelShape: kernel },
    shapes: [x, y],
  });
}

/** Names of the steps of a convolution. */
function stepsOf(x: Shape, kernel: Shape, attrs: Partial<ConvAttrs> = {}): readonly string[] {
  const all = { strides: [1, 1], padding: SAME, dilation: [1, 1], groups: 1, ...attrs };
  const output = float32(convShape(x, kernel, all));
  const inputs = [float32(x), float32(kernel)];
  const expansion = tunedKernel({ primitive: conv.primitive, attrs: all, inputs, output });
  return expansion?.steps.map(({ name }) => name) ?? [];
}

const CASES: readonly (TileCase & { readonly title: string })[] = [
  { title: 'parts of a single image', x: [1, 32, 21, 5], kernel: [3, 3, 5, 8], padding: SAME },
  {
    title: 'parts with zeros on one side',
    x: [1, 17, 18, 6],
    kernel: [3, 3, 6, 7],
    padding: [
      [0, 1],
      [2, 0],
    ],
  },
  {
    title: 'parts without zeros',
    x: [1, 18, 18, 8],
    kernel: [3, 3, 8, 8],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  { title: 'whole tiles', x: [2, 8, 8, 16], kernel: [3, 3, 16, 16], padding: SAME },
  { title: 'several images a block', x: [7, 4, 4, 40], kernel: [3, 3, 40, 36], padding: SAME },
  { title: 'tiles over both borders', x: [2, 7, 9, 12], kernel: [3, 3, 12, 20], padding: SAME },
  {
    title: 'channels and filters in parts of vectors',
    x: [3, 6, 5, 9],
    kernel: [3, 3, 9, 11],
    padding: SAME,
  },
  {
    title: 'no padding, read where it is',
    x: [2, 10, 6, 8],
    kernel: [3, 3, 8, 8],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  { title: 'bands of an image', x: [1, 50, 47, 8], kernel: [3, 3, 8, 8], padding: SAME },
  { title: 'few channels', x: [3, 9, 8, 3], kernel: [3, 3, 3, 7], padding: SAME },
  {
    title: 'more zeros than the window reaches',
    x: [2, 3, 6, 8],
    kernel: [3, 3, 8, 9],
    padding: [
      [4, 3],
      [0, 3],
    ],
  },
];

describe('conv by minimal filtering', () => {
  for (const item of CASES) it(`equals the reference: ${item.title}`, () => expectAll(item));

  it('equals the reference for random shapes', () => {
    const zeros = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }));
    const extent = fc.integer({ min: WINDOW, max: 11 });
    const depth = fc.integer({ min: 3, max: 21 });
    const shapes = fc.tuple(fc.integer({ min: 1, max: 4 }), extent, extent, depth, depth, zeros, zeros);
    fc.assert(
      fc.property(shapes, ([batch, height, width, channels, filters, vertical, horizontal]) =>
        expectAll({
          x: [batch, height, width, channels],
          kernel: [WINDOW, WINDOW, channels, filters],
          padding: [vertical, horizontal],
        }),
      ),
      { numRuns: 12, seed: 1 },
    );
  }, 60_000);

  it('serves 3 x 3 windows in steps of one that fill their tiles', () => {
    const tiled = ['convTaps', 'conv'];
    const direct = ['convPack', 'conv'];
    expect(stepsOf([1, 8, 8, 16], [3, 3, 16, 16])).toEqual(tiled);
    expect(stepsOf([1, 8, 8, 3], [3, 3, 3, 16])).toEqual(tiled);
    expect(stepsOf([1, 8, 8, 1], [3, 3, 1, 6])).toEqual(direct);
    expect(stepsOf([1, 2, 2, 16], [3, 3, 16, 16])).toEqual(direct);
    expect(stepsOf([1, 8, 8, 16], [5, 5, 16, 16])).toEqual(direct);
    expect(stepsOf([1, 8, 8, 16], [3, 3, 16, 16], { strides: [2, 2] })).toEqual(direct);
    expect(stepsOf([1, 8, 8, 16], [3, 3, 16, 16], { dilation: [2, 2] })).toEqual(direct);
    expect(stepsOf([1, 8, 8, 16], [3, 3, 8, 16], { groups: 2 })).toEqual(direct);
  });
});
