import type { z } from 'zod';
import { exists, joinPath, readFile, writeFileAtomic } from '#platform';
import { AntlerDataError } from '../../util/errors.ts';
import { RUN_FILES } from './run-files.ts';

/** @throws AntlerResourceError if the folder cannot be written */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomic(path, new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`));
}

/** Reads config.json of a run folder. @throws AntlerDataError if there is none, or another than `type` describes */
export async function readConfig<T>(folder: string, type: z.ZodType<T>): Promise<T> {
  const path = joinPath(folder, RUN_FILES.config);
  if (await exists(path)) return readJson(path, type);
  throw new AntlerDataError({
    where: folder,
    expected: 'the folder of a run',
    got: `one without ${RUN_FILES.config}`,
    fix: 'antler train SYSTEM --out FOLDER makes one',
  });
}

/** Reads a file of JSON. @throws AntlerDataError if it does not hold what `type` describes */
async function readJson<T>(path: string, type: z.ZodType<T>): Promise<T> {
  const text = new TextDecoder().decode(await readFile(path));
  const checked = type.safeParse(jsonOrUndefined(text));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new AntlerDataError({
    where: path,
    expected: 'the settings of a run, as antler writes them',
    got: issue && issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : 'something else',
    fix: 'give the folder of a run',
  });
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one of the ways of not being a run's settings; the caller says so.
    return undefined;
  }
}
