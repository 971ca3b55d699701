import type { TrainingSettings } from '../../zoo/classification.ts';
import type { TrainedSystem } from '../../zoo/system.ts';
import type { Context } from '../command.ts';
import type { RunConfig } from './run-config.ts';
import { defaultRunFolder } from './run-folder.ts';
import { type FinishedRun, performRun } from './training-run.ts';

/** What the options of `train` and `reproduce` ask for. */
export interface NewRun {
  readonly system: TrainedSystem;
  readonly settings: TrainingSettings;
  readonly seed: number;
  readonly threads: number | undefined;
  readonly data: string | undefined;
  readonly out: string | undefined;
}

/** Performs a new run in the folder asked for, or in one named by the clock. */
export async function startRun(
  { system, settings, seed, threads, data, out }: NewRun,
  context: Context,
): Promise<{ readonly folder: string; readonly finished: FinishedRun | undefined }> {
  const startedAt = new Date(context.host.now());
  const folder = out ?? defaultRunFolder(system.id, startedAt);
  const { epochs, batchSize, validationSplit } = settings;
  const config: RunConfig = {
    system: system.id,
    seed,
    epochs,
    batchSize,
    validationSplit,
    threads: threads ?? null,
    data: data ?? null,
    startedAt: startedAt.toISOString(),
  };
  return { folder, finished: await performRun({ system, config, folder, start: 'new' }, context) };
}
