import { AntlerValueError } from '../../util/errors.ts';
import type { TrainedSystem } from '../../zoo/system.ts';
import type { Context } from '../command.ts';
import { type RunConfig, readRunConfig } from './run-config.ts';
import { isFinished } from './run-folder.ts';
import { type FinishedRun, performRun } from './training-run.ts';

/**
 * Goes on with an interrupted run after its last whole epoch; the result is that of a run without a pause.
 * @param threads may differ from before: the weights do not depend on it
 * @throws AntlerDataError if the folder is damaged; AntlerValueError if it is finished or another system's
 */
export async function resumeRun(
  system: TrainedSystem,
  folder: string,
  threads: number | undefined,
  context: Context,
): Promise<{ readonly config: RunConfig; readonly finished: FinishedRun | undefined }> {
  const begun = await readRunConfig(folder);
  if (begun.system !== system.id) {
    throw new AntlerValueError({
      where: folder,
      expected: `a run of ${system.id}`,
      got: `one of ${begun.system}`,
      fix: `run antler train ${begun.system} --resume ${folder}`,
    });
  }
  if (await isFinished(folder)) {
    throw new AntlerValueError({
      where: folder,
      expected: 'an interrupted run',
      got: `one that finished its ${begun.epochs} epochs`,
      fix: `measure it with antler evaluate --run ${folder}`,
    });
  }
  const config = { ...begun, threads: threads ?? begun.threads };
  return { config, finished: await performRun({ system, config, folder, start: 'resumed' }, context) };
}
