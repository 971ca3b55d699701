import type { Callback } from '../callbacks/callback.ts';
import type { Progress } from './study.ts';

/** Reports of an epoch. */
const REPORTS = 50;

/**
 * Tells a study how far a `fit` is, and lets it end there.
 * @param note words beside the fraction
 */
export function fitProgress(progress: Progress, note: string): Callback {
  let epochsDone = 0;
  return {
    name: 'fitProgress',
    onEpochBegin(epoch) {
      epochsDone = epoch;
    },
    async onTrainBatchEnd(batch, { loss }, { epochs, stepsPerEpoch }) {
      if (batch % Math.ceil(stepsPerEpoch / REPORTS) !== 0) return;
      const done = (epochsDone + (batch + 1) / stepsPerEpoch) / epochs;
      await progress(done, `${note}, loss ${loss.toPrecision(3)}`);
    },
  };
}
