import { z } from 'zod';
import { exists, joinPath, readFile, writeFileAtomic } from '#platform';
import { AntlerDataError } from '../../util/errors.ts';
import { RUN_FILES } from './run-files.ts';

/** What config.json holds: enough to start the same run again. */
export const RunConfig = z.strictObject({
  system: z.string(),
  seed: z.int().min(0),
  epochs: z.int().min(1),
  batchSize: z.int().min(1),
  validationSplit: z.number().min(0).lt(1),
  /** Threads asked for; null for as many as the machine has. */
  threads: z.int().min(1).nullable(),
  /** Folder with the data that was asked for; null for wherever it is found. */
  data: z.string().nullable(),
  startedAt: z.iso.datetime(),
});

export type RunConfig = Readonly<z.infer<typeof RunConfig>>;

/** Reads a run's settings. @throws AntlerDataError if the folder is not a run's, or its config.json is damaged */
export async function readRunConfig(folder: string): Promise<RunConfig> {
  const path = joinPath(folder, RUN_FILES.config);
  if (await exists(path)) return parseJson(path, RunConfig);
  throw new AntlerDataError({
    where: folder,
    expected: 'the folder of a run',
    got: `one without ${RUN_FILES.config}`,
    fix: 'antler train SYSTEM --out FOLDER makes one',
  });
}

/** @throws AntlerResourceError if the folder cannot be written */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomic(path, new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`));
}

async function parseJson<T>(path: string, type: z.ZodType<T>): Promise<T> {
  const text = new TextDecoder().decode(await readFile(path));
  const checked = type.safeParse(jsonOrUndefined(text));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new AntlerDataError({
    where: path,
    expected: 'the settings of a run, as antler train writes them',
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
