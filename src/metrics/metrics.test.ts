import { describe, expect, it } from 'vitest';
import { goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { tensor } from '../ops/create.ts';
import { at } from '../util/errors.ts';
import { accuracyFor } from './accuracy.ts';
import * as metrics from './index.ts';
import { defineMean, type Metric } from './metric.ts';
import { type MetricName, resolveMetric } from './resolve.ts';

interface Case {
  readonly kind: keyof typeof metrics;
  readonly options: object;
  readonly labels: readonly GoldenArray[];
  readonly predictions: readonly GoldenArray[];
  readonly results: readonly number[];
}

const FACTORIES: Record<keyof typeof metrics, (options: object) => Metric> = metrics;

describe('metrics', () => {
  it.each(readGolden<Case[]>('metrics/metrics.json'))('$kind $options', async (golden) => {
    const metric = FACTORIES[golden.kind](golden.options);
    expect(await metric.result().item()).toBe(0);
    for (const [i, result] of golden.results.entries()) {
      metric.update(goldenTensor(at(golden.labels, i)), goldenTensor(at(golden.predictions, i)));
      expect(await metric.result().item()).toBeCloseTo(result, 5);
    }
    metric.reset();
    expect(await metric.result().item()).toBe(0);
  });

  it('weigh examples', async () => {
    const metric = metrics.sparseCategoricalAccuracy();
    metric.update(
      tensor([0, 1], 'int32'),
      tensor([
        [1, 0],
        [1, 0],
      ]),
      tensor([3, 1]),
    );
    expect(await metric.result().item()).toBe(0.75);
  });

  it('are made of any figure of an example', async () => {
    const metric = defineMean('first', (labels) => labels)();
    metric.update(tensor([1, 2]), tensor([0, 0]));
    metric.update(tensor([6]), tensor([0]));
    expect(await metric.result().item()).toBe(3);
  });

  it.each([
    ['classes', 10, 'SparseCategorical'],
    ['oneHot', 10, 'Categorical'],
    ['binary', 1, 'Binary'],
    ['values', 1, 'Binary'],
  ] as const)('accuracy of %s over %i outputs', async (kind, outputs, _expected) => {
    const metric = accuracyFor(kind, outputs);
    const best = Array.from({ length: outputs }, (_, i) => Number(i === outputs - 1));
    const label = kind === 'classes' ? tensor([outputs - 1], 'int32') : tensor([best]);
    metric.update(label, tensor([best]));
    expect(metric.name).toBe('accuracy');
    expect(await metric.result().item()).toBe(1);
  });

  it('ask back about an unknown name', () => {
    const context = { labels: 'classes', outputs: 10, where: 'lenet5.compile' } as const;
    expect(() => resolveMetric('acuracy' as MetricName, context)).toThrow(
      "lenet5.compile: expected a metric, got 'acuracy'; did you mean 'accuracy'?",
    );
  });
});
