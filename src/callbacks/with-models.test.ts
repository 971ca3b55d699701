import { describe, expect, it } from 'vitest';
import * as layers from '../layers/index.ts';
import { type Sequential, sequential } from '../models/sequential.ts';
import { sgd } from '../optimizers/sgd.ts';
import type { Callback } from './callback.ts';
import { swapEMAWeights } from './swap-ema-weights.ts';
import { terminateOnNaN } from './terminate-on-nan.ts';

const X = [[1], [2], [3], [4]];
const Y = [1, 2, 3, 4];

/** One weight, from 0 towards 1. */
function line(options: Parameters<typeof sgd>[0]): Sequential {
  const dense = layers.dense({ units: 1, useBias: false, kernelInitializer: 'zeros', inputShape: [1] });
  const model = sequential({ layers: [dense] });
  model.compile({ optimizer: sgd(options), loss: 'meanSquaredError' });
  return model;
}

const weightOf = (model: Sequential) => model.getWeights()[0]?.dataSync()[0];

describe('terminateOnNaN', () => {
  it('ends training with the weights before the step', async () => {
    const model = line({ learningRate: 1e30 });
    const options = { epochs: 9, batchSize: 2, shuffle: false, verbose: 0 } as const;
    const { stopped } = await model.fit(X, Y, { ...options, callbacks: [terminateOnNaN()] });
    expect(stopped).toEqual({ epoch: 0, step: 1 });
    expect(weightOf(model)).toBeGreaterThan(1e30);
    await expect(model.fit(X, Y, options)).rejects.toThrow('expected a finite loss');
  });
});

describe('swapEMAWeights', () => {
  const options = { learningRate: 0.01, useEma: true, emaMomentum: 0.5 };

  it('measures with averages, and trains on with weights', async () => {
    const [plain, swapped] = [line(options), line(options)];
    const seen: Record<string, (number | undefined)[]> = { plain: [], swapped: [], tested: [] };
    const watch = (model: Sequential, name: string): Callback => ({
      onTestBegin: () => void (name === 'swapped' && seen.tested?.push(weightOf(model))),
      onTrainBatchEnd: () => void seen[name]?.push(weightOf(model)),
    });
    const common = { epochs: 3, batchSize: 4, validationData: [X, Y], verbose: 0 } as const;
    await plain.fit(X, Y, { ...common, callbacks: [watch(plain, 'plain')] });
    await swapped.fit(X, Y, {
      ...common,
      callbacks: [swapEMAWeights({ swapOnEpoch: true }), watch(swapped, 'swapped')],
    });
    expect(seen.swapped).toEqual(seen.plain);
    expect(seen.tested).not.toEqual(seen.plain);
    expect(seen.tested?.at(-1)).toBe(weightOf(swapped));
    expect(weightOf(swapped)).toBe(weightOf(plain));
  });

  it('needs averages', async () => {
    await expect(line({}).fit(X, Y, { verbose: 0, callbacks: [swapEMAWeights()] })).rejects.toThrow(
      'swapEMAWeights: expected an optimizer that keeps averages of the weights, got SGD without them; give the optimizer useEma: true',
    );
  });
});

describe('evaluation and prediction', () => {
  it('tell callbacks what happens', async () => {
    const model = line({});
    const told: string[] = [];
    const watcher: Callback = {
      onTestBegin: ({ steps }) => void told.push(`test of ${steps}`),
      onTestBatchBegin: (batch) => void told.push(`begin ${batch}`),
      onTestBatchEnd: (batch, { loss, size }) => void told.push(`end ${batch}: ${loss}, ${size}`),
      onTestEnd: ({ loss }) => void told.push(`loss ${loss}`),
      onPredictBegin: ({ examples }) => void told.push(`prediction of ${examples}`),
      onPredictBatchBegin: (batch) => void told.push(`begin ${batch}`),
      onPredictBatchEnd: (batch, [output]) => void told.push(`end ${batch}: ${output?.shape}`),
      onPredictEnd: () => void told.push('end'),
    };
    await model.evaluate(X, Y, { batchSize: 3, callbacks: [watcher] });
    await model.predict(X, { callbacks: [watcher] });
    expect(told).toEqual([
      'test of 2',
      'begin 0',
      `end 0: ${Math.fround(14 / 3)}, 3`,
      'begin 1',
      'end 1: 16, 1',
      'loss 7.5',
      'prediction of 4',
      'begin 0',
      'end 0: 4,1',
      'end',
    ]);
  });
});
