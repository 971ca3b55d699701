import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { sigmoid, softmax } from '../activations/functions.ts';
import { tensor } from '../ops/create.ts';
import { grad } from '../tensor/gradient.ts';
import type { Tensor } from '../tensor/tensor.ts';
import * as losses from './index.ts';
import type { Loss } from './loss.ts';
import { type LossName, resolveLoss } from './resolve.ts';

interface Case {
  readonly kind: LossName;
  readonly options: object;
  readonly labels: GoldenArray;
  readonly predictions: GoldenArray;
  readonly weights: GoldenArray;
  readonly loss: number;
  readonly weighted: number;
  readonly slope: GoldenArray;
}

const FACTORIES: Record<LossName, (options: object) => Loss> = losses;

describe.each(readGolden<Case[]>('losses/losses.json'))('$kind $options', (golden) => {
  const loss = FACTORIES[golden.kind](golden.options);
  const labels = goldenTensor(golden.labels);
  const predictions = goldenTensor(golden.predictions);

  it('is that of Keras', async () => {
    expect(await loss.apply(labels, predictions).item()).toBeCloseTo(golden.loss, 5);
  });

  it('weighs examples as Keras', async () => {
    const weighted = loss.apply(labels, predictions, goldenTensor(golden.weights));
    expect(await weighted.item()).toBeCloseTo(golden.weighted, 5);
  });

  it('has the slope of Keras', async () => {
    await expectGolden(grad((p: Tensor) => loss.apply(labels, p))(predictions), golden.slope);
  });
});

describe('cross-entropies of our own probabilities', () => {
  const logits = tensor([[200, 0, -200]]);

  it('are exact where probabilities round to 0', async () => {
    const classes = losses.sparseCategoricalCrossentropy();
    expect(await classes.apply(tensor([2], 'int32'), softmax(logits)).item()).toBe(400);
    const oneHot = losses.categoricalCrossentropy();
    expect(await oneHot.apply(tensor([[0, 0, 1]]), softmax(logits)).item()).toBe(400);
    const binary = losses.binaryCrossentropy();
    expect(await binary.apply(tensor([[0, 1, 1]]), sigmoid(logits)).item()).toBeCloseTo(
      (200 + Math.LN2 + 200) / 3,
      4,
    );
  });

  it('have a slope where probabilities round to 1', async () => {
    const loss = losses.sparseCategoricalCrossentropy();
    const slope = grad((x: Tensor) => loss.apply(tensor([2], 'int32'), softmax(x)))(logits);
    expect([...(await slope.data())]).toEqual([1, 0, -1]);
  });

  it('do not care about an infinite logit of another class', async () => {
    const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true });
    const value = loss.apply(tensor([0], 'int32'), tensor([[0, 0, Number.NEGATIVE_INFINITY]]));
    expect(await value.item()).toBeCloseTo(Math.LN2, 6);
  });
});

describe('losses', () => {
  it('can leave the examples apart', async () => {
    const loss = losses.meanSquaredError({ reduction: 'none' });
    const each = loss.apply(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      tensor([
        [1, 0],
        [0, 4],
      ]),
      tensor([1, 2]),
    );
    expect(await each.array()).toEqual([2, 9]);
  });

  it('refuse labels of another shape', () => {
    expect(() => losses.meanSquaredError().apply(tensor([[1, 2]]), tensor([[1, 2, 3]]))).toThrow(
      'meanSquaredError: expected labels of the shape of the prediction, [1, 3], got [1, 2]',
    );
    const oneHot = tensor([[0, 1]]);
    expect(() => losses.sparseCategoricalCrossentropy().apply(oneHot, oneHot)).toThrow(
      'sparseCategoricalCrossentropy: expected one class number an example, [1], got [1, 2]',
    );
    expect(() => losses.meanSquaredError().apply(tensor([[1]]), tensor([[1]]), tensor([1, 2]))).toThrow(
      'meanSquaredError, sample weights: expected one weight an example, [1], got [2]',
    );
  });

  it('ask back about unknown names', () => {
    expect(() => resolveLoss('meanSquareError' as LossName, 'model.compile')).toThrow(
      "model.compile: expected a loss, got 'meanSquareError'; did you mean 'meanSquaredError'?",
    );
    expect(() => losses.binaryCrossentropy({ from_logits: true } as object)).toThrow("got 'from_logits'");
    expect(() => losses.binaryCrossentropy({ reduction: 'man' as 'sum' })).toThrow('expected a reduction');
  });
});
