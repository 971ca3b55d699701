import { describe, expect, it } from 'vitest';
import { losses, train } from '../../test/support/reported-training.ts';
import { lambda } from './lambda.ts';
import { learningRateScheduler } from './learning-rate-scheduler.ts';
import { type ReduceLROnPlateauOptions, reduceLROnPlateau } from './reduce-lr-on-plateau.ts';

describe('learningRateScheduler', () => {
  it('sets the rate of every epoch, and reports it', async () => {
    const { rates, logs } = await train(
      learningRateScheduler((epoch, rate) => rate / (epoch + 1)),
      losses(1, 1, 1),
    );
    expect(rates).toEqual([1, 1 / 2, 1 / 2 / 3]);
    expect(logs.map(({ learningRate }) => learningRate)).toEqual(rates);
  });
});

describe('reduceLROnPlateau', () => {
  const run = async (options: ReduceLROnPlateauOptions, ...values: number[]) =>
    (await train(reduceLROnPlateau({ factor: 0.5, ...options }), losses(...values))).rates;

  // rates as Keras 3 sets them for the same losses
  it('lowers the rate after epochs without improvement', async () => {
    expect(await run({ patience: 2 }, 3, 3, 3, 3, 3, 2)).toEqual([1, 1, 1, 0.5, 0.5, 0.25]);
    expect(await run({ patience: 1 }, 3, 2, 2.5, 1, 2)).toEqual([1, 1, 1, 0.5, 0.5]);
  });

  it('lets the rate cool down', async () => {
    expect(await run({ patience: 1, cooldown: 2 }, 3, 3, 3, 3, 3)).toEqual([1, 1, 0.5, 0.5, 0.25]);
  });

  it('has a least rate, and a least change', async () => {
    expect(await run({ patience: 1, minLr: 0.4 }, 3, 3, 3, 3)).toEqual([1, 1, 0.5, 0.4]);
    expect(await run({ patience: 1, minDelta: 0.2 }, 3, 2.9, 2.7)).toEqual([1, 1, 0.5]);
  });

  it('says what is wrong', async () => {
    expect(() => reduceLROnPlateau({ factor: 1 })).toThrow(
      'reduceLROnPlateau: expected a factor from 0 to below 1, got 1',
    );
    await expect(run({ monitor: 'loss' }, 1)).rejects.toThrow("expected the figure 'loss' to watch");
  });
});

describe('lambda', () => {
  it('is the functions that it is given', async () => {
    const epochs: number[] = [];
    await train(lambda({ onEpochEnd: (epoch) => void epochs.push(epoch) }), losses(1, 1));
    expect(epochs).toEqual([0, 1]);
  });

  it('finds misspelt names', () => {
    expect(() => lambda({ onEpochend: () => {} } as object)).toThrow("did you mean 'onEpochEnd'?");
  });
});
