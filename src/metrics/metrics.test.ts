import { describe, expect, it } from 'vitest';
import { goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { tensor } from '../ops/create.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { accuracyFor } from './accuracy.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import * as metrics from './index.ts';
import { defineMean, type Metric } from './metric.ts';

interface Case {
  readonly kind: keyof typeof metrics;
  readonly options: object;
  readonly labels: readonly GoldenArray[];
  readonly predictions: readonly GoldenArray[];
  readonly results: readonly number[];
}

const FACTORIES = metrics as unknown as Record<keyof typeof metrics, (options: object) => Metric>;

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

  it('are part of a compiled step', async () => {
    const all = [
      metrics.auc(),
      metrics.precision({ thresholds: 0.4 }),
      metrics.f1Score({ average: 'macro' }),
      metrics.r2Score(),
      metrics.oneHotMeanIoU({ numClasses: 2 }),
    ];
    for (const metric of all) metric.prepare?.(2);
    const step = jit((labels: Tensor, predictions: Tensor) => {
      for (const metric of all) metric.update(labels, predictions);
      return all.map((metric) => metric.result());
    });
    const [labels, outputs] = [tensor([[0, 1]]), tensor([[0.2, 0.7]])];
    await step(labels, outputs)[0]?.item();
    const results = step(tensor([[1, 0]]), tensor([[0.3, 0.6]]));
    for (const [k, metric] of all.entries()) {
      metric.reset();
      metric.update(labels, outputs);
      metric.update(tensor([[1, 0]]), tensor([[0.3, 0.6]]));
      const compiled = await at(results, k).item();
      expect(compiled).toBeCloseTo(await metric.result().item(), 6);
    }
  });
});

describe('confusionMatrix', () => {
  it('counts pairs of classes', async () => {
    const counts = confusionMatrix([0, 1, 1, 2, 5], [0, 2, 1, 2, 0], { numClasses: 3 });
    expect(counts.dtype).toBe('int32');
    expect(await counts.array()).toEqual([
      [1, 0, 0],
      [0, 1, 1],
      [0, 0, 1],
    ]);
    const weighed = confusionMatrix([0, 1], [0, 0], { numClasses: 2, weights: [0.5, 2] });
    expect(await weighed.array()).toEqual([
      [0.5, 0],
      [2, 0],
    ]);
  });

  it('is a metric too', async () => {
    const metric = metrics.confusionMatrix();
    const scores = tensor([
      [0.9, 0.1],
      [0.6, 0.4],
    ]);
    metric.update(tensor([0, 1], 'int32'), scores);
    metric.update(tensor([1, 1], 'int32'), scores, tensor([2, 1]));
    expect(await metric.result().array()).toEqual([
      [1, 0],
      [4, 0],
    ]);
    const sparse = metrics.confusionMatrix({ sparseYPred: true, numClasses: 2 });
    sparse.update(tensor([0, 1], 'int32'), tensor([1, 1], 'int32'));
    expect(await sparse.result().array()).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('asks for the number of classes', () => {
    const message = 'confusionMatrix: expected the option numClasses, a whole number > 0, got';
    expect(() => confusionMatrix([0], [0], {} as { numClasses: number })).toThrow(`${message} none`);
    expect(() => metrics.confusionMatrix({ sparseYPred: true })).toThrow(`${message} none`);
    expect(() => metrics.confusionMatrix({ numClasses: 0.5 })).toThrow(`${message} 0.5`);
  });
});
