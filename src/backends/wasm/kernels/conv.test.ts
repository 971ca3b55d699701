import { describe, it } from 'vitest';
import { expectTunedKernel } from '../../../../test/support/tuned-kernel.ts';
import { type ConvAttrs, conv } from '../../../primitives/conv.ts';
import type { Shape } from '../../../util/shapes.ts';

interface ConvCase {
  readonly title: string;
  readonly x: Shape;
  readonly kernel: Shape;
  readonly attrs?: Partial<ConvAttrs>;
}

const both = <T>(value: T): readonly [T, T] => [value, value];

export const CASES: readonly ConvCase[] = [
  { title: 'LeNet 1', x: [3, 12, 12, 1], kernel: [5, 5, 1, 6], attrs: { padding: both(both(2)) } },
  { title: 'LeNet 2', x: [3, 9, 9, 6], kernel: [5, 5, 6, 16] },
  { title: '3 x 3 same', x: [2, 6, 7, 16], kernel: [3, 3, 16, 16], attrs: { padding: both(both(1)) } },
];

describe('tuned conv', () => {
  for (const { title, x, kernel, attrs } of CASES) {
    const full: ConvAttrs = { strides: [1, 1], padding: both([0, 0]), dilation: [1, 1], groups: 1, ...attrs };
    it(`equals the reference: ${title}`, () => {
      expectTunedKernel({ primitive: conv.primitive, attrs: full, shapes: [x, kernel] });
    });
  }
});
