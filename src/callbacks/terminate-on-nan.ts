import type { Callback } from './callback.ts';

/**
 * Ends training at a loss that is NaN or infinite, as if it were at its end: without an error, which `fit` throws
 * otherwise. The weights are those before that step. As Keras 3.
 */
export function terminateOnNaN(): Callback {
  return {
    onTrainBatchEnd(_batch, { loss }, { stop }) {
      if (!Number.isFinite(loss)) stop();
    },
  };
}
