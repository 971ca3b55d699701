import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/support/golden.ts';
import { at } from '../util/errors.ts';
import type { LearningRateSchedule } from './schedules/schedule.ts';
import * as schedules from './schedules.ts';

const { cosineDecay, cosineDecayRestarts, oneCycle, piecewiseConstantDecay } = schedules;

interface Golden {
  readonly steps: readonly number[];
  readonly cases: readonly {
    readonly kind: keyof typeof schedules;
    readonly options: object;
    readonly rates: number[];
  }[];
}

const { steps, cases } = readGolden<Golden>('optimizers/schedules.json');
const FACTORIES = schedules as Record<keyof typeof schedules, (options: never) => LearningRateSchedule>;

describe('schedules', () => {
  it.each(cases)('$kind $options is that of Keras', ({ kind, options, rates }) => {
    const schedule = FACTORIES[kind](options as never);
    for (const [i, step] of steps.entries()) {
      const expected = at(rates, i);
      // Keras computes them in single precision, where a cosine near -1 loses digits
      expect(Math.abs(schedule(step) - expected)).toBeLessThanOrEqual(1e-5 * expected + 1e-7);
    }
  });

  it('oneCycle climbs and falls as in PyTorch', () => {
    const schedule = oneCycle({ maxLearningRate: 1, totalSteps: 100 });
    expect(schedule(0)).toBeCloseTo(1 / 25, 12);
    expect(schedule(29)).toBeCloseTo(1, 12);
    expect(schedule(99)).toBeCloseTo(1 / 25 / 1e4, 12);
    const middle = schedule(64);
    expect(middle).toBeCloseTo((1 + 1 / 25 / 1e4) / 2, 12);
  });

  it('oneCycle of a single step is finite', () => {
    expect(oneCycle({ maxLearningRate: 1, totalSteps: 1 })(0)).toSatisfy(Number.isFinite);
  });

  it('restarts exactly where a wave ends, however long training lasts', () => {
    const schedule = cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 10 });
    for (let wave = 0; wave < 20; wave++) {
      const end = 10 * (2 ** (wave + 1) - 1);
      expect(schedule(end)).toBe(1);
      expect(schedule(end - 1)).toBeLessThan(0.03);
    }
  });

  it('say what they are', () => {
    const { className, config } = cosineDecay({ initialLearningRate: 1, decaySteps: 5, alpha: 0.1 });
    expect(className).toBe('CosineDecay');
    expect(config).toEqual({
      initialLearningRate: 1,
      decaySteps: 5,
      alpha: 0.1,
      warmupTarget: null,
      warmupSteps: 0,
    });
  });

  it('refuse what makes no sense', () => {
    expect(() => cosineDecay({ initialLearningRate: 1, decaySteps: 0 })).toThrow(
      'CosineDecay: expected decaySteps > 0, got 0',
    );
    expect(() => cosineDecay({ decaySteps: 5 } as never)).toThrow(
      'CosineDecay: expected the option initialLearningRate, got none',
    );
    expect(() => cosineDecay({ initialLearningRate: 1, decaySteps: 5, alhpa: 1 } as never)).toThrow(
      "did you mean 'alpha'?",
    );
    expect(() => cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 5, tMul: 0.5 })).toThrow(
      'CosineDecayRestarts: expected tMul >= 1, got 0.5',
    );
    expect(() => piecewiseConstantDecay({ boundaries: [5, 2], values: [1, 2, 3] })).toThrow(
      'PiecewiseConstantDecay: expected increasing boundaries and one value more than boundaries, got 2 boundaries [5, 2] and 3 values',
    );
  });
});
