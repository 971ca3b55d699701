import { appendLine, exists, joinPath, makeDirectory, readFile, writeFileAtomic } from '#platform';
import { AntlerDataError, AntlerValueError } from '../util/errors.ts';
import type { Trial } from './trial.ts';

const FILES = { search: 'search.json', trials: 'trials.jsonl' } as const;

/** What makes two searches the same search. */
export interface SearchIdentity {
  readonly space: Readonly<Record<string, string>>;
  readonly search: string;
  readonly direction: string;
  readonly seed: number;
}

/**
 * Opens the folder of a search, or makes it.
 * @returns the trials that are finished
 * @throws AntlerValueError if it holds another search; AntlerDataError if it is damaged
 */
export async function openTrialLog(folder: string, identity: SearchIdentity): Promise<Trial[]> {
  const path = joinPath(folder, FILES.search);
  const wanted = `${JSON.stringify(identity, undefined, 2)}\n`;
  if (await exists(path)) {
    const found = new TextDecoder().decode(await readFile(path));
    if (found !== wanted) throw otherSearch(folder, found, identity);
    return readTrials(joinPath(folder, FILES.trials));
  }
  await makeDirectory(folder);
  await writeFileAtomic(path, new TextEncoder().encode(wanted));
  return [];
}

/** Adds a finished trial. */
export async function logTrial(folder: string, trial: Trial): Promise<void> {
  await appendLine(joinPath(folder, FILES.trials), JSON.stringify(trial));
}

async function readTrials(path: string): Promise<Trial[]> {
  if (!(await exists(path))) return [];
  const lines = new TextDecoder().decode(await readFile(path)).split('\n');
  // A process that ended while it wrote leaves a last line without its end: that trial runs again.
  return lines.slice(0, -1).map((line, index) => parseTrial(line, `${path}, line ${index + 1}`));
}

function parseTrial(line: string, where: string): Trial {
  try {
    const trial: unknown = JSON.parse(line);
    if (isTrial(trial)) return trial;
  } catch {
    // Not JSON is one of the ways of not being a trial.
  }
  const fix = 'delete the line: the trial is run again';
  throw new AntlerDataError({ where, expected: 'a finished trial in JSON', got: line.slice(0, 60), fix });
}

function isTrial(value: unknown): value is Trial {
  if (typeof value !== 'object' || value === null) return false;
  const { number, values, state } = value as Partial<Trial>;
  return typeof number === 'number' && typeof values === 'object' && (state === 'done' || state === 'failed');
}

function otherSearch(folder: string, found: string, { space }: SearchIdentity): AntlerValueError {
  const names = (text: Readonly<Record<string, string>>) =>
    Object.entries(text)
      .map(([name, description]) => `${name}: ${description}`)
      .join('; ');
  return new AntlerValueError({
    where: folder,
    expected: `the search that began there (${describeFound(found)})`,
    got: `another space, method, direction or seed (${names(space)})`,
    fix: 'go on with the same settings, or choose another folder',
  });
}

function describeFound(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
