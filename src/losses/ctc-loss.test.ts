import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { zeros } from '../ops/create.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { grad } from '../tensor/gradient.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { type CtcOptions, ctcLoss } from './ctc-loss.ts';
import { ctc } from './index.ts';

interface Case {
  readonly labels: GoldenArray;
  readonly logits: GoldenArray;
  readonly options: CtcOptions & { readonly labelLengths: number[]; readonly logitLengths: number[] };
  readonly loss: GoldenArray;
  readonly slope: GoldenArray;
}

const CASES = readGolden<Case[]>('losses/ctc.json').map((golden) => ({
  ...golden,
  labels: goldenTensor(golden.labels),
  logits: goldenTensor(golden.logits),
}));

describe.each(CASES.slice(0, -1))('ctcLoss $options', ({ labels, logits, options, loss, slope }) => {
  it('is that of Keras', () => expectGolden(ctcLoss(labels, logits, options), loss));

  it('has the slope of Keras', () =>
    expectGolden(grad((x: Tensor) => sum(ctcLoss(labels, x, options)))(logits), slope));
});

describe('labels that cannot be aligned', () => {
  const { labels, logits, options, loss } = at(CASES, -1);

  it('cost as much as in Keras', async () => {
    await expectGolden(ctcLoss(labels, logits, options), loss);
    expect(await ctcLoss(labels, logits, options).data()).toSatisfy((costs: Float32Array) =>
      costs.every((cost) => cost > 1e4 && Number.isFinite(cost)),
    );
  });

  it('have a finite slope', async () => {
    const slope = await grad((x: Tensor) => sum(ctcLoss(labels, x, options)))(logits).data();
    expect(slope.every(Number.isFinite)).toBe(true);
  });
});

describe('ctcLoss', () => {
  const logits = zeros([2, 5, 4]);
  const labels = zeros([2, 3], 'int32');

  it('says what does not fit', () => {
    expect(() => ctcLoss(labels, zeros([3, 5, 4]))).toThrow(
      'ctcLoss: expected labels [batch, length] and logits [batch, time, classes], got [2, 3] and [3, 5, 4]',
    );
    expect(() => ctcLoss(labels, logits, { labelLengths: [3] })).toThrow(
      'ctcLoss, labelLengths: expected one length an example, [2], got [1]',
    );
    expect(() => ctcLoss(labels, logits, { maskIndex: 4 })).toThrow(
      'ctcLoss: expected maskIndex, one of the classes 0 to 3, got 4',
    );
    expect(() => ctc().apply(zeros([2]), logits)).toThrow(
      'ctc: expected logits [batch, time, classes] and label sequences [batch, length], got [2, 5, 4] and [2]',
    );
  });
});
