import { exists, joinPath, makeDirectory, readFile, writeFileAtomic } from '#platform';
import { AntlerDataError } from '../../util/errors.ts';
import type { Lab, Progress, Stored } from '../../zoo/study.ts';
import type { Context } from '../command.ts';
import { duration } from '../terminal/format.ts';
import { progressBar } from '../terminal/progress.ts';
import { decodeStored, encodeStored } from './stored-value.ts';

/** Milliseconds between two redrawings of the live line. */
const REDRAW = 100;

/** Thrown out of a study that Ctrl-C stopped. */
export class StudyStopped extends Error {
  override readonly name = 'StudyStopped';
}

/** Keeps the results of parts in a folder, and shows each while it runs. */
export function keptParts(folder: string, signal: AbortSignal, context: Context): Lab['part'] {
  return async <T extends Stored>(name: string, work: (progress: Progress) => Promise<T>): Promise<T> => {
    const path = joinPath(folder, `${name.replaceAll(/[^\w.,-]+/g, '-')}.json`);
    // A part gives what it gave before: the folder belongs to this study, seed and settings.
    if (await exists(path)) return (await readPart(path)) as T;
    const { out, host } = context;
    const start = host.elapsed();
    const value = await work(progressOf(name, signal, context));
    out.endLive();
    await makeDirectory(folder);
    await writeFileAtomic(path, new TextEncoder().encode(encodeStored(value)));
    out.line(`${name}  ${out.style('dim', duration((host.elapsed() - start) / 1000))}`);
    return value;
  };
}

function progressOf(name: string, signal: AbortSignal, { out, host }: Context): Progress {
  const start = host.elapsed();
  let lastDrawn = Number.NEGATIVE_INFINITY;
  return async (done, note) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) throw new StudyStopped(name);
    const now = host.elapsed();
    if (!out.isLive || now - lastDrawn < REDRAW) return;
    lastDrawn = now;
    const left = done > 0 ? `${duration(((now - start) * (1 - done)) / done / 1000)} left` : '';
    const shown = [name, progressBar(done, out), `${Math.floor(100 * done)} %`, note ?? '', left];
    out.live(shown.filter((part) => part !== '').join('  '));
  };
}

async function readPart(path: string): Promise<Stored> {
  const text = new TextDecoder().decode(await readFile(path));
  try {
    return decodeStored(text);
  } catch (cause) {
    const expected = 'a kept result of a study, in JSON';
    const fix = 'delete the file: the part is measured again';
    throw new AntlerDataError({ where: path, expected, got: 'something else', fix }, { cause });
  }
}
