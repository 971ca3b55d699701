import { describe, expect, it } from 'vitest';
import { losses, train } from '../../test/support/reported-training.ts';
import { type EarlyStoppingOptions, earlyStopping } from './early-stopping.ts';
import { epochLines } from './epoch-lines.ts';
import { History } from './history.ts';

describe('earlyStopping', () => {
  const run = (options: EarlyStoppingOptions, ...values: number[]) =>
    train(earlyStopping(options), losses(...values));

  it('stops at the first epoch that is no better', async () => {
    expect(await run({}, 3, 2, 2.5, 1)).toMatchObject({ epochs: 3, weight: 2 });
  });

  it('has patience', async () => {
    expect((await run({ patience: 2 }, 3, 2, 2.5, 1, 2, 2, 2)).epochs).toBe(6);
  });

  it('goes back to the best weights', async () => {
    expect(await run({ patience: 2, restoreBestWeights: true }, 3, 1, 2, 2, 2)).toMatchObject({
      epochs: 4,
      weight: 1,
    });
    expect(await run({ restoreBestWeights: true }, 3, 2, 1)).toMatchObject({ epochs: 3, weight: 2 });
  });

  it('wants a change of at least minDelta', async () => {
    expect((await run({ minDelta: 0.5 }, 3, 2.9, 1)).epochs).toBe(2);
  });

  it('begins to count when told', async () => {
    expect((await run({ startFromEpoch: 2 }, 1, 2, 3, 4, 5)).epochs).toBe(4);
  });

  it('wants to beat a baseline', async () => {
    expect((await run({ patience: 2, baseline: 1 }, 5, 4, 3, 3, 3)).epochs).toBe(4);
  });

  it('knows that more accuracy is better', async () => {
    const logs = [0.5, 0.6, 0.55, 0.7].map((valAccuracy) => ({ valAccuracy }));
    expect((await train(earlyStopping({ monitor: 'valAccuracy' }), logs)).epochs).toBe(3);
  });

  it('says what there is to watch', async () => {
    await expect(train(earlyStopping(), [{ loss: 1 }])).rejects.toThrow(
      "earlyStopping: expected the figure 'valLoss' to watch, got only loss; give fit validationData or validationSplit",
    );
    expect(() => earlyStopping({ patiance: 3 } as object)).toThrow("did you mean 'patience'?");
    expect(() => earlyStopping({ mode: 'mn' as 'min' })).toThrow("did you mean 'min'?");
  });
});

describe('history and lines', () => {
  it('record every epoch', async () => {
    const history = new History();
    await train(history, losses(3, 2));
    expect(history.epoch).toEqual([0, 1]);
    expect(history.history).toEqual({ valLoss: [3, 2] });
    await train(history, losses(1));
    expect(history.history).toEqual({ valLoss: [1] });
  });

  it('are printed with four digits', async () => {
    const lines: string[] = [];
    await train(
      epochLines((line) => lines.push(line)),
      [{ loss: 0.123456, accuracy: 0.9 }],
    );
    expect(lines).toEqual(['epoch 1/1  loss 0.1235  accuracy 0.9000']);
  });
});
