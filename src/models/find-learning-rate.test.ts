import { describe, expect, it } from 'vitest';
import * as layers from '../layers/index.ts';
import type { LearningRate } from '../optimizers/schedules/schedule.ts';
import { sgd } from '../optimizers/sgd.ts';
import { at } from '../util/errors.ts';
import { findLearningRate } from './find-learning-rate.ts';
import { type Sequential, sequential } from './sequential.ts';

/** y = 3 a - 2 at 64 places. */
const LINE = {
  x: Array.from({ length: 64 }, (_, i) => [i / 32 - 1]),
  y: Array.from({ length: 64 }, (_, i) => [3 * (i / 32 - 1) - 2]),
};

function line(learningRate: LearningRate = 0.25): Sequential {
  const model = sequential({
    seed: 1,
    layers: [
      layers.input({ shape: [1] }),
      layers.dense({ units: 8, activation: 'tanh' }),
      layers.dropout({ rate: 0.1 }),
      layers.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer: sgd({ learningRate, momentum: 0.9 }), loss: 'meanSquaredError' });
  return model;
}

const stateOf = (model: Sequential) => model.stateVariables.map((variable) => variable.read().arraySync());

describe('findLearningRate', () => {
  it('finds a rate that learns', async () => {
    const model = line();
    const { rates, losses, smoothed, suggestion } = await findLearningRate(model, LINE.x, LINE.y, {
      minLearningRate: 1e-5,
      maxLearningRate: 100,
    });
    expect(losses.length).toBe(rates.length);
    expect(at(rates, 0)).toBe(1e-5);
    expect(at(rates, 1) / at(rates, 0)).toBeCloseTo(1e7 ** (1 / 99), 10);
    // it stopped when the loss grew
    expect(rates.length).toBeLessThan(100);
    expect(at(smoothed, smoothed.length - 1)).toBeGreaterThan(4 * Math.min(...smoothed));
    expect(suggestion).toSatisfy((rate: number) => rate > 1e-3 && rate < 1);
    model.optimizer.learningRate = suggestion ?? Number.NaN;
    const { history } = await model.fit(LINE.x, LINE.y, { epochs: 10, verbose: 0 });
    expect(at(history.loss ?? [], 9)).toBeLessThan(at(losses, 0) / 5);
  });

  it('leaves no trace', async () => {
    const [searched, untouched] = [line(), line()];
    for (const model of [searched, untouched]) await model.fit(LINE.x, LINE.y, { epochs: 2, verbose: 0 });
    const before = stateOf(searched);
    await findLearningRate(searched, LINE.x, LINE.y, { batchSize: 16, steps: 20 });
    expect(stateOf(searched)).toEqual(before);
    expect(searched.optimizer.learningRate).toBe(0.25);
    expect(searched.trainingState).toEqual(untouched.trainingState);
    for (const model of [searched, untouched]) await model.fit(LINE.x, LINE.y, { epochs: 2, verbose: 0 });
    expect(stateOf(searched)).toEqual(stateOf(untouched));
  });

  it('brings a schedule back', async () => {
    const model = line((step) => 0.1 / (step + 1));
    await findLearningRate(model, LINE.x, LINE.y, { steps: 5 });
    expect(model.optimizer.learningRate).toBe(0.1);
    model.optimizer.beginStep(1);
    expect(model.optimizer.learningRate).toBe(0.05);
  });

  it('suggests nothing where the loss never falls', async () => {
    const model = sequential([
      layers.input({ shape: [1] }),
      layers.dense({ units: 1, kernelInitializer: 'zeros' }),
    ]);
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    const { suggestion, losses } = await findLearningRate(model, [[1]], [[0]], { steps: 5 });
    expect(losses).toEqual([0, 0, 0, 0, 0]);
    expect(suggestion).toBeNull();
  });

  it('refuses what makes no sense', async () => {
    const search = (options: object) => findLearningRate(line(), LINE.x, LINE.y, options);
    await expect(search({ step: 3 })).rejects.toThrow("did you mean 'steps'?");
    await expect(search({ steps: 2 })).rejects.toThrow(
      'findLearningRate: expected steps, a whole number >= 3, got 2',
    );
    await expect(search({ minLearningRate: 0 })).rejects.toThrow('expected minLearningRate > 0, got 0');
    await expect(search({ maxLearningRate: 1e-8 })).rejects.toThrow(
      'expected maxLearningRate > minLearningRate',
    );
    await expect(search({ smoothing: 1 })).rejects.toThrow('expected smoothing in [0, 1), got 1');
    await expect(search({ divergence: 1 })).rejects.toThrow('expected divergence > 1, got 1');
    const raw = sequential([layers.input({ shape: [1] }), layers.dense({ units: 1 })]);
    await expect(findLearningRate(raw, LINE.x, LINE.y)).rejects.toThrow('expected a compiled model');
  });
});
