import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { grad } from '../tensor/gradient.ts';
import type { Tensor } from '../tensor/tensor.ts';
import * as losses from './index.ts';
import type { Loss } from './loss.ts';
import type { LossName } from './resolve.ts';

interface Case {
  readonly kind: LossName;
  readonly options: object;
  readonly labels: GoldenArray;
  readonly predictions: GoldenArray;
  readonly weights: GoldenArray;
  readonly loss: GoldenArray;
  readonly weighted: GoldenArray;
  readonly slope: GoldenArray;
}

const FACTORIES: Record<LossName, (options: object) => Loss> = losses;
const FIXTURES = ['regression', 'classification', 'structured'];

describe.each(FIXTURES.flatMap((name) => readGolden<Case[]>(`losses/${name}.json`)))(
  '$kind $options',
  (golden) => {
    const loss = FACTORIES[golden.kind](golden.options);
    const labels = goldenTensor(golden.labels);
    const predictions = goldenTensor(golden.predictions);

    it('is that of Keras', () => expectGolden(loss.apply(labels, predictions), golden.loss));

    it('weighs examples as Keras', () =>
      expectGolden(loss.apply(labels, predictions, goldenTensor(golden.weights)), golden.weighted));

    it('has the slope of Keras', () =>
      expectGolden(grad((p: Tensor) => sum(loss.apply(labels, p)))(predictions), golden.slope));
  },
);

it('compares every loss with Keras', () => {
  const plain = readGolden<Case[]>('losses/losses.json');
  const all = [...FIXTURES.flatMap((name) => readGolden<Case[]>(`losses/${name}.json`)), ...plain];
  const counts = Object.keys(losses).map((name) => all.filter(({ kind }) => kind === name).length);
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
});
