import { environment, exists, joinPath, list, makeDirectory, readFile, sha256 } from '#platform';
import { writeSafetensors } from '../../io/safetensors.ts';
import { byName, storeVariables } from '../../io/stored-variables.ts';
import type { Variable } from '../../tensor/variable.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { writeJson } from './json-file.ts';
import { RUN_FILES } from './run-files.ts';

/** `runs/lenet5-2026-08-01T12-30-00Z`: unique to the second, sortable, a legal name everywhere. */
export function defaultRunFolder(system: string, startedAt: Date): string {
  const time = startedAt.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  return joinPath('runs', `${system}-${time}`);
}

/**
 * Makes the folder of a new run and writes its settings, so that a place that cannot be written is found
 * before the training and not after it.
 * @throws AntlerResourceError if it cannot be written; AntlerValueError if there is something in it already
 */
export async function createRunFolder(folder: string, config: object): Promise<void> {
  await makeDirectory(folder);
  const present = await list(folder);
  if (present.length > 0) {
    throw new AntlerValueError({
      where: folder,
      expected: 'a new or empty folder',
      got: `one that holds ${present.slice(0, 3).join(', ')}`,
      fix: present.includes(RUN_FILES.config)
        ? `choose another, or go on with it: --resume ${folder}`
        : 'choose another',
    });
  }
  await writeJson(joinPath(folder, RUN_FILES.config), config);
  await writeJson(joinPath(folder, RUN_FILES.environment), environment());
}

/** Whether the run went to its end. */
export function isFinished(folder: string): Promise<boolean> {
  return exists(joinPath(folder, RUN_FILES.result));
}

/** Writes weights.safetensors. @returns its SHA-256 */
export async function writeWeights(folder: string, weights: readonly Variable[]): Promise<string> {
  const path = joinPath(folder, RUN_FILES.weights);
  await writeSafetensors(path, { arrays: await storeVariables(byName(weights)), metadata: new Map() });
  return sha256(await readFile(path));
}
