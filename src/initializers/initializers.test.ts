import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/support/golden.ts';
import { key } from '../random/keys.ts';
import { at } from '../util/errors.ts';
import type { Shape } from '../util/shapes.ts';
import { fansOf } from './fans.ts';
import * as initializers from './index.ts';
import { type InitializerName, resolveInitializer } from './resolve.ts';

interface Case {
  readonly name: InitializerName;
  readonly shape: Shape;
  readonly mean: number;
  readonly stddev: number;
  readonly largest: number;
}

const context = { dtype: 'float32', key: key(7) } as const;

function figures(values: ArrayLike<number>) {
  const list = Array.from(values);
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length;
  const variance = list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / list.length;
  return { mean, stddev: Math.sqrt(variance), largest: Math.max(...list.map(Math.abs)), count: list.length };
}

describe.each(readGolden<Case[]>('initializers/initializers.json'))('$name of $shape', (golden) => {
  it('is distributed as in Keras', async () => {
    const values = await resolveInitializer(golden.name, 'test').sample(golden.shape, context).data();
    const { mean, stddev, count } = figures(values);
    // five standard errors: of a mean, and of the deviation of values no heavier than normal ones
    expect(Math.abs(mean)).toBeLessThan((5 * golden.stddev) / Math.sqrt(count));
    expect(Math.abs(stddev / golden.stddev - 1)).toBeLessThan(5 / Math.sqrt(2 * count));
  });

  it('ends where Keras ends', async () => {
    if (golden.name === 'randomNormal') return;
    const { largest } = figures(
      await resolveInitializer(golden.name, 'test').sample(golden.shape, context).data(),
    );
    expect(largest).toBeLessThanOrEqual(golden.largest * 1.001);
    expect(largest).toBeGreaterThan(golden.largest * 0.98);
  });
});

describe('initializers', () => {
  it.each([
    ['zeros', initializers.zeros(), 0],
    ['ones', initializers.ones(), 1],
    ['constant', initializers.constant({ value: 2.5 }), 2.5],
  ])('%s fills', async (_name, initializer, value) => {
    expect([...(await initializer.sample([2, 2], context).data())]).toEqual([value, value, value, value]);
  });

  it('draw the same for the same key, or a seed of their own', async () => {
    const draw = async (seed: number, own: number | null) => [
      ...(await initializers
        .heNormal({ seed: own })
        .sample([4], { dtype: 'float32', key: key(seed) })
        .data()),
    ];
    expect(await draw(1, null)).toEqual(await draw(1, null));
    expect(await draw(1, null)).not.toEqual(await draw(2, null));
    expect(await draw(1, 5)).toEqual(await draw(2, 5));
  });

  it('draw double precision for double weights', () => {
    expect(initializers.glorotUniform().sample([2], { dtype: 'float64', key: key(1) }).dtype).toBe('float64');
  });

  it.each([
    [[], 1, 1],
    [[7], 7, 7],
    [[3, 4], 3, 4],
    [[5, 5, 2, 6], 50, 150],
  ])('count the fans of %j', (shape, fanIn, fanOut) => {
    expect(fansOf(shape)).toEqual({ fanIn, fanOut });
  });

  it('count the fans of any axes', async () => {
    expect(fansOf([3, 4, 5], { inputAxes: [1, 2], outputAxes: [0] })).toEqual({ fanIn: 20, fanOut: 3 });
    const initializer = initializers.varianceScaling({ inputAxes: [0], outputAxes: [1, 2] });
    const { stddev } = figures(await initializer.sample([100, 30, 20], context).data());
    expect(stddev).toBeCloseTo(Math.sqrt(1 / 100), 2);
  });

  it('scale the variance by any fan', async () => {
    const stddev = async (mode: 'fanIn' | 'fanOut' | 'fanAvg') => {
      const initializer = initializers.varianceScaling({ scale: 3, mode, distribution: 'untruncatedNormal' });
      return figures(await initializer.sample([100, 300], context).data()).stddev;
    };
    expect(await stddev('fanIn')).toBeCloseTo(Math.sqrt(3 / 100), 2);
    expect(await stddev('fanOut')).toBeCloseTo(Math.sqrt(3 / 300), 2);
    expect(await stddev('fanAvg')).toBeCloseTo(Math.sqrt(3 / 200), 2);
  });

  it('refuse what makes no sense', () => {
    expect(() => resolveInitializer('heNorml' as InitializerName, 'dense/kernel')).toThrow(
      "dense/kernel: expected an initializer, got 'heNorml'; did you mean 'heNormal'?",
    );
    expect(() => initializers.randomNormal({ stddev: -1 })).toThrow(
      'RandomNormal: expected stddev > 0, got -1',
    );
    expect(() => initializers.varianceScaling({ mode: 'fan_in' as 'fanIn' })).toThrow(
      "did you mean 'fanIn'?",
    );
    expect(() => initializers.varianceScaling({ distribution: 'normal' as 'uniform' })).toThrow(
      'a distribution',
    );
    expect(() => initializers.constant({ val: 1 } as object)).toThrow("got 'val'; did you mean 'value'?");
  });

  it('are described by class and configuration', () => {
    const { className, config } = initializers.truncatedNormal({ stddev: 0.1 });
    expect({ className, config }).toEqual({
      className: 'TruncatedNormal',
      config: { mean: 0, stddev: 0.1, seed: null },
    });
    expect(at(Object.keys(initializers.glorotUniform().config), 0)).toBe('seed');
  });
});
