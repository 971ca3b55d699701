import { describe, expect, it } from 'vitest';
import { symbolicInput as input } from '../layers/core/input.ts';
import * as layers from '../layers/index.ts';
import { model } from './functional.ts';
import { sequential } from './sequential.ts';

const X = [[0], [1], [2], [3]];
const quiet = { verbose: 0, shuffle: false, batchSize: 2 } as const;

/** Always predicts 0. */
const zeroLayer = (name: string) =>
  layers.dense({ units: 1, kernelInitializer: 'zeros', trainable: false, name });

describe('weightedMetrics', () => {
  it('count examples as their weights say, and metrics do not', async () => {
    const net = sequential([layers.input({ shape: [1] }), zeroLayer('zero')]);
    const metrics = { metrics: ['meanAbsoluteError'], weightedMetrics: ['meanSquaredError'] } as const;
    net.compile({ optimizer: 'sgd', loss: 'meanSquaredError', ...metrics });
    const { history } = await net.fit(X, [[1], [2], [3], [4]], { ...quiet, sampleWeight: [1, 0, 0, 3] });
    expect(history.meanAbsoluteError?.[0]).toBeCloseTo(2.5, 5);
    expect(history.meanSquaredError?.[0]).toBeCloseTo((1 + 3 * 16) / 4, 5);
  });

  it('are told output by output', async () => {
    const x = input({ shape: [1] });
    const outputs = [zeroLayer('a').apply(x), zeroLayer('b').apply(x)];
    const net = model({ inputs: x, outputs });
    const weightedMetrics = { b: ['meanAbsoluteError'] } as const;
    net.compile({ optimizer: 'sgd', loss: 'meanSquaredError', weightedMetrics });
    const labels = [[1], [2], [3], [4]];
    const { history } = await net.fit(X, [labels, labels], { ...quiet, sampleWeight: [0, 1, 0, 1] });
    expect(history.bMeanAbsoluteError?.[0]).toBeCloseTo(3, 5);
    expect(Object.keys(history)).not.toContain('aMeanAbsoluteError');
  });

  it('are known, or refused by name', () => {
    const net = sequential([layers.dense({ units: 1, inputShape: [1] })]);
    net.compile({
      optimizer: 'sgd',
      loss: 'meanSquaredError',
      weightedMetrics: ['meanSquaredErorr' as 'mean'],
    });
    expect(() => net.prepareTraining()).toThrow("did you mean 'meanSquaredError'?");
  });
});
