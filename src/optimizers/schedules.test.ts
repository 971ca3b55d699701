import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/support/golden.ts';
import { at } from '../util/errors.ts';
import { cosineDecay, exponentialDecay, oneCycle, piecewiseConstant } from './schedules.ts';

const KINDS = { cosineDecay, exponentialDecay, piecewiseConstant };

interface Golden {
  readonly steps: readonly number[];
  readonly cases: readonly {
    readonly kind: keyof typeof KINDS;
    readonly options: never;
    readonly rates: number[];
  }[];
}

const { steps, cases } = readGolden<Golden>('optimizers/schedules.json');

describe('schedules', () => {
  it.each(cases)('$kind $options is that of Keras', ({ kind, options, rates }) => {
    const schedule = KINDS[kind](options);
    // Keras computes them in single precision
    for (const [i, step] of steps.entries()) expect(schedule(step)).toBeCloseTo(at(rates, i), 6);
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

  it('refuse what makes no sense', () => {
    expect(() => cosineDecay({ initialLearningRate: 1, decaySteps: 0 })).toThrow(
      'expected decaySteps > 0, got 0',
    );
    expect(() => piecewiseConstant({ boundaries: [5, 2], values: [1, 2, 3] })).toThrow(
      'piecewiseConstant: expected increasing boundaries and one value more than boundaries, got 2 boundaries [5, 2] and 3 values',
    );
  });
});
