import { describe, expect, it } from 'vitest';
import { resolveLoss } from '../../losses/resolve.ts';
import { tensor, zeros } from '../../ops/create.ts';
import { abs, neg, where } from '../../ops/math/arithmetic.ts';
import { logicalNot } from '../../ops/math/compare.ts';
import { softmax } from '../../ops/nn/nn.ts';
import { max, sum } from '../../ops/reduce/reduce.ts';
import { grad } from '../../tensor/gradient.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import {
  type Energies,
  energyLoss,
  hingeLoss,
  mostOffending,
  negativeLogLikelihood,
  perceptronLoss,
  squareSquareLoss,
} from './losses.ts';

/** Two questions with three answers each; the second and the third answer are right. */
function energies(answers: Tensor): Energies {
  const isRight = tensor([
    [false, true, false],
    [false, false, true],
  ]);
  const truth = sum(where(isRight, answers, 0), 1);
  return { truth, answers, isWrong: logicalNot(isRight), spacing: 1 };
}

const uneven = tensor([
  [0.5, 0.25, 2],
  [1, 0.75, 0.875],
]);

describe('losses of energies', () => {
  it('find the most offending incorrect answer', () => {
    expect(mostOffending(energies(uneven)).arraySync()).toEqual([0.5, 0.75]);
  });

  it('are what the tutorial writes', () => {
    const value = (loss: (e: Energies) => Tensor) => loss(energies(uneven)).itemSync();
    expect(value(energyLoss)).toBeCloseTo((0.25 + 0.875) / 2, 6);
    expect(value(perceptronLoss)).toBeCloseTo((0 + 0.125) / 2, 6);
    expect(value(hingeLoss)).toBeCloseTo((0.75 + 1.125) / 2, 6);
    expect(value(squareSquareLoss)).toBeCloseTo((0.25 ** 2 + 0.5 ** 2 + 0.875 ** 2 + 0.25 ** 2) / 2, 6);
  });

  it('make softmax regression of the log-likelihood when energies are negative scores', () => {
    const likelihood = negativeLogLikelihood(energies(uneven)).itemSync();
    const crossentropy = resolveLoss('sparseCategoricalCrossentropy', 'test');
    const probabilities = softmax(neg(uneven));
    const labels = tensor([1, 2], 'int32');
    expect(likelihood).toBeCloseTo(crossentropy.apply(labels, probabilities).itemSync(), 5);
  });

  it('are least for flat energies only if they push no answer up', () => {
    const slopeAtFlat = (loss: (e: Energies) => Tensor) =>
      max(abs(grad((e: Tensor) => loss(energies(e)))(zeros([2, 3])))).itemSync();
    expect(perceptronLoss(energies(zeros([2, 3]))).itemSync()).toBe(0);
    expect(energyLoss(energies(zeros([2, 3]))).itemSync()).toBe(0);
    for (const loss of [hingeLoss, squareSquareLoss, negativeLogLikelihood]) {
      expect(loss(energies(zeros([2, 3]))).itemSync()).toBeGreaterThan(0.9);
      expect(slopeAtFlat(loss)).toBeGreaterThan(0);
    }
  });
});
