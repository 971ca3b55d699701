import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { at } from '../util/errors.ts';
import * as metrics from './index.ts';
import type { Metric } from './metric.ts';

interface Case {
  readonly kind: keyof typeof metrics;
  readonly options: object;
  readonly batches: readonly (readonly [GoldenArray, GoldenArray])[];
  readonly weights: readonly GoldenArray[] | null;
  readonly results: readonly GoldenArray[];
}

const FACTORIES = metrics as unknown as Record<keyof typeof metrics, (options: object) => Metric>;
const FIXTURES = ['means', 'classification', 'outcomes', 'auc', 'overlap', 'regression', 'reductions'];
const CASES = FIXTURES.flatMap((name) => readGolden<Case[]>(`metrics/${name}.json`));

describe('metrics', () => {
  it.each(CASES)('$kind $options are those of Keras', async (golden) => {
    const metric = FACTORIES[golden.kind](golden.options);
    for (const round of ['first', 'after reset']) {
      expect([...(await metric.result().data())], round).toSatisfy((parts: number[]) =>
        parts.every((part) => part === 0 || golden.kind === 'auc'),
      );
      for (const [i, [labels, predictions]] of golden.batches.entries()) {
        const weights = golden.weights ? goldenTensor(at(golden.weights, i)) : undefined;
        metric.update(goldenTensor(labels), goldenTensor(predictions), weights);
        await expectGolden(metric.result(), at(golden.results, i));
      }
      metric.reset();
    }
  });

  it('are all compared with Keras', () => {
    const plain = readGolden<Case[]>('metrics/metrics.json');
    const counts = Object.keys(metrics)
      .filter((name) => name !== 'confusionMatrix')
      .map((name) => ({ name, cases: [...CASES, ...plain].filter(({ kind }) => kind === name).length }));
    expect(counts.filter(({ cases }) => cases < 3)).toEqual([]);
  });
});
