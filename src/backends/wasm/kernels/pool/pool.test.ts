import { describe, expect, it } from 'vitest';
import { expectTunedKernel, float32, noise } from '../../../../../test/support/tuned-kernel.ts';
import { poolScatter, poolSelect } from '../../../../primitives/contraction/pool-select.ts';
import { poolSpread, poolSum } from '../../../../primitives/contraction/pool-sum.ts';
import { type PoolAttrs, poolShape } from '../../../../primitives/contraction/pool-windows.ts';
import { type Shape, sizeOf } from '../../../../util/shapes.ts';
import { tunedKernel } from '../index.ts';

interface PoolCase {
  readonly title: string;
  readonly x: Shape;
  readonly attrs: PoolAttrs;
}

const square = (window: number, stride: number, low = 0, high = low): PoolAttrs => ({
  window: [window, window],
  strides: [stride, stride],
  padding: [
    [low, high],
    [low, high],
  ],
});

const CASES: readonly PoolCase[] = [
  { title: 'LeNet, first', x: [4, 12, 12, 6], attrs: square(2, 2) },
  { title: 'LeNet, second', x: [3, 6, 6, 16], attrs: square(2, 2) },
  { title: 'an odd image', x: [2, 7, 5, 3], attrs: square(2, 2) },
  { title: 'windows that overlap', x: [2, 7, 8, 5], attrs: square(3, 2) },
  { title: 'windows of all places', x: [2, 6, 5, 9], attrs: square(3, 1, 1) },
  { title: 'padding', x: [3, 8, 8, 4], attrs: square(3, 2, 1) },
  { title: 'padding of tiles', x: [2, 7, 7, 1], attrs: square(2, 2, 1, 0) },
  {
    title: 'uneven padding',
    x: [2, 5, 9, 7],
    attrs: {
      window: [2, 3],
      strides: [1, 2],
      padding: [
        [0, 1],
        [2, 0],
      ],
    },
  },
  { title: 'windows outside the image', x: [2, 3, 3, 5], attrs: square(2, 2, 3) },
  { title: 'gaps between windows', x: [2, 9, 9, 2], attrs: square(2, 3) },
  { title: 'many channels', x: [1, 4, 4, 43], attrs: square(2, 2) },
  { title: 'one element', x: [1, 1, 1, 1], attrs: square(1, 1) },
  { title: 'a window of sixteen', x: [2, 4, 8, 6], attrs: square(4, 4) },
  { title: 'one axis', x: [3, 11, 5], attrs: { window: [3], strides: [2], padding: [[1, 1]] } },
];

/** Few values, so that largest keys are often equal, and some that are not numbers. */
function keys(size: number): Float32Array {
  return noise(size, 3).map((x) => (x > 0.9 ? Number.NaN : Math.round(2 * x)));
}

describe('tuned pooling', () => {
  for (const { title, x, attrs } of CASES) {
    const y = poolShape(x, attrs);
    it(`equals the reference: ${title}`, () => {
      const data = [keys(sizeOf(x)), noise(sizeOf(x), 4)];
      expectTunedKernel({ primitive: poolSelect.primitive, attrs, shapes: [x, x], data });
      expectTunedKernel({ primitive: poolSelect.primitive, attrs, shapes: [x], data, isPaired: true });
      const cotangent = [keys(sizeOf(x)), noise(sizeOf(y), 5)];
      expectTunedKernel({ primitive: poolScatter.primitive, attrs, shapes: [x, y], data: cotangent });
      expectTunedKernel({ primitive: poolSum.primitive, attrs, shapes: [x] });
      expectTunedKernel({ primitive: poolSpread.primitive, attrs: { ...attrs, inputShape: x }, shapes: [y] });
    });
  }

  it('takes whole images as windows', () => {
    const [x, attrs] = [
      [3, 5, 6, 10],
      {
        window: [5, 6],
        strides: [5, 6],
        padding: [
          [0, 0],
          [0, 0],
        ],
      },
    ] as const;
    expectTunedKernel({ primitive: poolSelect.primitive, attrs, shapes: [x], isPaired: true });
    expectTunedKernel({ primitive: poolSum.primitive, attrs, shapes: [x] });
    expectTunedKernel({
      primitive: poolSpread.primitive,
      attrs: { ...attrs, inputShape: x },
      shapes: [[3, 1, 1, 10]],
    });
  });

  it('leaves large windows of a scatter, wide padding and three axes to the loops', () => {
    const expansion = (x: Shape, attrs: PoolAttrs) =>
      tunedKernel({
        primitive: poolScatter.primitive,
        attrs,
        inputs: [float32(x), float32(poolShape(x, attrs))],
        output: float32(x),
      });
    expect(expansion([1, 10, 10, 1], square(5, 5))).toBeUndefined();
    expect(expansion([1, 20, 20, 1], square(4, 1, 3))).toBeUndefined();
    const cube = {
      window: [2, 2, 2],
      strides: [2, 2, 2],
      padding: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    } as const;
    expect(expansion([1, 4, 4, 4, 1], cube)).toBeUndefined();
  });
});
