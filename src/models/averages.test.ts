import { describe, expect, it } from 'vitest';
import * as layers from '../layers/index.ts';
import { adam } from '../optimizers/adam.ts';
import { at } from '../util/errors.ts';
import { sequential } from './sequential.ts';

const LINE = { x: [[0], [1], [2], [3]], y: [[1], [3], [5], [7]] };

describe('averages of weights', () => {
  it('take the place of weights when training ends, but not when it is interrupted', async () => {
    const trained = async (signal?: AbortSignal) => {
      const model = sequential({
        seed: 1,
        layers: [layers.input({ shape: [1] }), layers.dense({ units: 1 })],
      });
      model.compile({ optimizer: adam({ learningRate: 0.1, useEma: true }), loss: 'meanSquaredError' });
      await model.fit(LINE.x, LINE.y, { epochs: 3, verbose: 0, ...(signal ? { signal } : {}) });
      const weight = at(model.weights, 0);
      return {
        weight: weight.read().itemSync(),
        average: model.optimizer.averageOf(weight)?.read().itemSync(),
      };
    };
    const whole = await trained();
    expect(whole.weight).toBe(whole.average);
    const part = await trained(AbortSignal.abort());
    expect(part.average).toBe(0);
    expect(part.weight).not.toBe(0);
  });
});
