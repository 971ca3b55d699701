import { exists, joinPath } from '#platform';
import { readSafetensors } from '../../io/safetensors.ts';
import { byName, restoreVariables } from '../../io/stored-variables.ts';
import type { Sequential } from '../../models/sequential.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { findTrainedSystem } from '../../zoo/index.ts';
import type { TrainedSystem } from '../../zoo/system.ts';
import { type RunConfig, readRunConfig } from './run-config.ts';
import { RUN_FILES } from './run-files.ts';

/** A finished run with its network. */
export interface OpenRun {
  readonly system: TrainedSystem;
  readonly config: RunConfig;
  readonly model: Sequential;
}

/** Opens a run folder. @throws AntlerDataError if it is none, unfinished or damaged */
export async function openRun(folder: string): Promise<OpenRun> {
  const config = await readRunConfig(folder);
  const system = findTrainedSystem(config.system);
  const path = joinPath(folder, RUN_FILES.weights);
  if (!(await exists(path))) {
    throw new AntlerDataError({
      where: folder,
      expected: `the trained weights, ${RUN_FILES.weights}`,
      got: 'a run without them',
      fix: `finish it with antler train ${config.system} --resume ${folder}`,
    });
  }
  const { arrays } = await readSafetensors(path);
  const model = system.experiment.model({
    seed: config.seed,
    settings: config,
    trainCount: config.batchSize,
  });
  restoreVariables(byName(model.weights), arrays, path);
  return { system, config, model };
}
