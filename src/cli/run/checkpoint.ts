import { z } from 'zod';
import { exists, joinPath } from '#platform';
import { readSafetensors, writeSafetensors } from '../../io/safetensors.ts';
import { byName, restoreVariables, storeVariables } from '../../io/stored-variables.ts';
import type { Model, TrainingState } from '../../models/model.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { RUN_FILES } from './run-files.ts';

/** Where in its training the stored state stands. */
const Place = z.object({
  'antler.epoch': z.coerce.number().int().min(0),
  'antler.step': z.coerce.number().int().min(0),
});

/** Saves a training where it stands, as one file that is replaced in one step. */
export async function saveCheckpoint(folder: string, model: Model): Promise<void> {
  const { epoch, step } = model.trainingState;
  const metadata = new Map([
    ['antler.epoch', `${epoch}`],
    ['antler.step', `${step}`],
  ]);
  const arrays = await storeVariables(byName(model.stateVariables));
  await writeSafetensors(joinPath(folder, RUN_FILES.checkpoint), { arrays, metadata });
}

/**
 * Puts a model where a training was left; at the beginning if it was ended before its first checkpoint.
 * @param model as it was made for the training
 * @throws AntlerDataError if the checkpoint is damaged or of another network
 */
export async function restoreCheckpoint(folder: string, model: Model): Promise<TrainingState> {
  const path = joinPath(folder, RUN_FILES.checkpoint);
  if (!(await exists(path))) return model.trainingState;
  const { arrays, metadata } = await readSafetensors(path);
  const place = Place.safeParse(Object.fromEntries(metadata));
  if (!place.success) {
    throw new AntlerDataError({ where: path, expected: 'the epoch and step of a training', got: 'none' });
  }
  model.prepareTraining(); // else optimizer and metrics have no variables yet
  restoreVariables(byName(model.stateVariables), arrays, path);
  model.trainingState = { epoch: place.data['antler.epoch'], step: place.data['antler.step'] };
  return model.trainingState;
}
