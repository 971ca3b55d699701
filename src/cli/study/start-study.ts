import { AntlerValueError } from '../../util/errors.ts';
import type { StudySize } from '../../zoo/study.ts';
import type { StudiedSystem } from '../../zoo/system.ts';
import type { Context } from '../command.ts';
import { readConfig } from '../run/json-file.ts';
import { createRunFolder, defaultRunFolder, isFinished } from '../run/run-folder.ts';
import { StudyConfig } from './study-config.ts';
import type { StudyOutcome } from './study-outcome.ts';
import { performStudy } from './study-run.ts';

/** What the options of `reproduce` ask for. */
export interface NewStudy {
  readonly system: StudiedSystem;
  readonly size: StudySize;
  readonly seed: number;
  readonly threads: number | undefined;
  readonly data: string | undefined;
  readonly out: string | undefined;
}

/** Runs a study in the folder asked for, or in one named by the clock. */
export async function startStudy(
  { system, size, seed, threads, data, out }: NewStudy,
  context: Context,
): Promise<StudyOutcome | undefined> {
  const startedAt = new Date(context.host.now());
  const folder = out ?? defaultRunFolder(system.id, startedAt);
  const config: StudyConfig = {
    system: system.id,
    seed,
    size,
    threads: threads ?? null,
    data: data ?? null,
    startedAt: startedAt.toISOString(),
  };
  await createRunFolder(folder, config);
  return performStudy({ system, config, folder }, context);
}

/** Goes on with a study after its last whole part. @throws AntlerError if the folder is not that of one */
export async function resumeStudy(
  system: StudiedSystem,
  folder: string,
  threads: number | undefined,
  context: Context,
): Promise<StudyOutcome | undefined> {
  const begun = await readConfig(folder, StudyConfig);
  if (begun.system !== system.id) {
    throw new AntlerValueError({
      where: folder,
      expected: `a run of ${system.id}`,
      got: `one of ${begun.system}`,
      fix: `run antler reproduce ${begun.system} --resume ${folder}`,
    });
  }
  if (await isFinished(folder)) {
    throw new AntlerValueError({
      where: folder,
      expected: 'an interrupted run',
      got: 'one that is finished',
      fix: 'open its report.html',
    });
  }
  const config = { ...begun, threads: threads ?? begun.threads };
  return performStudy({ system, config, folder }, context);
}
