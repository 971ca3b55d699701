import { splitValidation } from '../../data/batches.ts';
import { mnist } from '../../data/mnist.ts';
import { setBackend } from '../../tensor/engine.ts';
import { choice, logUniform, type TrialContext, type ValuesOf } from '../../tuning/index.ts';
import { invariant } from '../../util/errors.ts';
import { trainClassifier } from '../classification.ts';
import { LENET5_SETTINGS, lenet5ForTraining } from './model.ts';

/** The settings in `model.ts` were chosen from this space. */
export const SPACE = {
  maxLearningRate: logUniform({ min: 5e-4, max: 0.03 }),
  weightDecay: logUniform({ min: 0.01, max: 1 }),
  batchSize: choice([64, 128, 256]),
};

/** The error on the last 5,000 training images; `antler tune lenet5` runs it in a process of its own. */
export async function objective(
  { batchSize, ...rates }: ValuesOf<typeof SPACE>,
  { seed, budget }: TrialContext,
): Promise<number> {
  setBackend('wasm', { threads: 1 }); // trials share the cores
  const data = await mnist();
  const settings = { ...LENET5_SETTINGS, batchSize, epochs: budget ?? LENET5_SETTINGS.epochs };
  const { trainCount } = splitValidation(data.train.count, settings.validationSplit, 'antler tune lenet5');
  const model = lenet5ForTraining({ seed, settings, trainCount }, rates);
  let error: number | undefined;
  const keep = (_epoch: number, { valAccuracy = 0 }: { valAccuracy?: number }) => {
    error = 1 - valAccuracy;
  };
  await trainClassifier(model, data, settings, { callbacks: [{ name: 'error', onEpochEnd: keep }] });
  invariant(error !== undefined, 'a training has at least one epoch');
  return error;
}
