import { requireKnownOptions } from '../util/suggest.ts';
import type { Callback } from './callback.ts';

const MEMBERS = {
  name: true,
  onTrainBegin: true,
  onTrainBatchBegin: true,
  onTrainBatchEnd: true,
  onTrainInterrupt: true,
  onTrainEnd: true,
  onEpochBegin: true,
  onEpochEnd: true,
  onTestBegin: true,
  onTestBatchBegin: true,
  onTestBatchEnd: true,
  onTestEnd: true,
  onPredictBegin: true,
  onPredictBatchBegin: true,
  onPredictBatchEnd: true,
  onPredictEnd: true,
  saveState: true,
  restoreState: true,
} as const satisfies Record<keyof Callback, true>;

/**
 * A callback of functions: `lambda({ onEpochEnd: (epoch, logs) => ... })`. An object of them does as well; this one
 * finds misspelt names. As Keras 3.
 * @throws AntlerValueError for a method that no callback has
 */
export function lambda(methods: Callback): Callback {
  requireKnownOptions(methods, Object.keys(MEMBERS), 'lambda');
  return methods;
}
