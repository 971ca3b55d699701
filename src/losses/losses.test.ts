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

  it('tell one-hot labels from class numbers', () => {
    const scores = tensor([[0.1, 0.9]]);
    expect(() => losses.sparseCategoricalCrossentropy().apply(scores, scores)).toThrow(
      'got [1, 2]; one-hot labels go with the categorical losses and metrics; ' +
        'or make class numbers with argmax(labels, -1)',
    );
    expect(() => losses.categoricalHinge().apply(tensor([1], 'int32'), scores)).toThrow(
      'categoricalHinge: expected labels of the shape of the prediction, [1, 2], got [1]; ' +
        'class numbers go with sparseCategoricalCrossentropy; or make vectors with oneHot(labels, classes)',
    );
  });

  it('notice softmax applied twice', () => {
    const probabilities = softmax(tensor([[1, 2]]));
    expect(() =>
      losses.sparseCategoricalCrossentropy({ fromLogits: true }).apply(tensor([1], 'int32'), probabilities),
    ).toThrow(
      'sparseCategoricalCrossentropy: expected logits, the input of softmax, for fromLogits: true, got the output of ' +
        'softmax; leave out fromLogits, or the activation softmax',
    );
    const chance = sigmoid(tensor([[1]]));
    for (const make of [losses.binaryCrossentropy, losses.binaryFocalCrossentropy]) {
      expect(() => make({ fromLogits: true }).apply(tensor([[1]]), chance)).toThrow(
        'Crossentropy: expected logits, the input of sigmoid',
      );
    }
  });

  it('notice a single class', () => {
    expect(() => losses.categoricalCrossentropy().apply(tensor([[1]]), tensor([[0.5]]))).toThrow(
      'categoricalCrossentropy: expected predictions of at least 2 classes, got [1, 1]; ' +
        'binaryCrossentropy goes with one output for yes or no',
    );
  });

  it('refuse options outside their range', () => {
    expect(() => losses.huber({ delta: -1 })).toThrow('huber: expected delta, at least 0, got -1');
    expect(() => losses.categoricalCrossentropy({ labelSmoothing: 2 })).toThrow(
      'categoricalCrossentropy: expected labelSmoothing in [0, 1], got 2',
    );
    expect(() => losses.binaryFocalCrossentropy({ gamma: Number.NaN })).toThrow('gamma, at least 0, got NaN');
    expect(() => losses.categoricalGeneralizedCrossEntropy({ q: 1 })).toThrow('expected q in (0, 1), got 1');
    const two = tensor([[0.5, 0.5]]);
    expect(() => losses.categoricalFocalCrossentropy({ alpha: [1, 2, 3] }).apply(two, two)).toThrow(
      'categoricalFocalCrossentropy, alpha: expected a weight for each of 2 classes, got 3',
    );
    expect(() => losses.circle().apply(tensor([1, 2], 'int32'), two)).toThrow(
      'circle: expected embeddings [batch, features] and one group number an example, [batch], got [1, 2] and [2]',
    );
  });

  it('leave out what a mask does', async () => {
    const loss = losses.meanSquaredError();
    const [labels, outputs] = [tensor([[[1], [2]]]), tensor([[[0], [0]]])];
    const mask = tensor([[true, false]]);
    expect(await loss.apply(labels, outputs, undefined, mask).item()).toBe(1);
    expect(await loss.apply(labels, outputs, tensor([3]), mask).item()).toBe(3);
    const sum = losses.meanSquaredError({ reduction: 'sum' });
    expect(await sum.apply(labels, outputs, undefined, mask).item()).toBe(1);
  });

  it('of an embedding without partners have a slope', async () => {
    const loss = (x: Tensor) => losses.circle().apply(tensor([0, 1], 'int32'), x);
    const slope = await grad(loss)(
      tensor([
        [1, 0],
        [0, 1],
      ]),
    ).data();
    expect([...slope]).toEqual([0, 0, 0, 0]);
  });

  it('know the names people use', () => {
    const lookFor = (name: string) => () => resolveLoss(name as LossName, 'net.compile');
    expect(lookFor('mse')).toThrow("got 'mse'; did you mean 'meanSquaredError'?");
    expect(lookFor('mean_absolute_error')).toThrow("did you mean 'meanAbsoluteError'?");
    expect(lookFor('klDivergence')).toThrow("did you mean 'kullbackLeibler'?");
    expect(lookFor('crossentropy2')).toThrow('expected a loss');
  });
});
