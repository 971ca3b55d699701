import type { File } from 'h5wasm';
import { AntlerDataError, AntlerError } from '../../util/errors.ts';
import type { Hdf5Library } from './library.ts';

/** The part of the library's file system that is used; it lies in memory. */
interface MemoryFiles {
  open(path: string, flags: string): unknown;
  close(stream: unknown): void;
  getStream(descriptor: number): unknown;
  readFile(path: string): Uint8Array;
  writeFile(path: string, content: Uint8Array): void;
  unlink(path: string): void;
}

/** Where the library reports what it finds wrong, before it goes on with whatever the memory holds. */
const REPORTS = 2;
const REPORTS_FILE = '/antler-reports';

let files = 0;

/**
 * Runs a body with a file of the library's own memory, and removes the file. Whatever the library reports becomes one
 * error. Its own way to throw instead leaves its stack where it was, and after a thousand damaged files none is left.
 * @param start what the file holds, or undefined for a new one
 * @param file named in errors
 */
export function withHdf5File<Result>(
  library: Hdf5Library,
  { start, file }: { readonly start: Uint8Array | undefined; readonly file: string },
  body: (open: File, readAll: () => Uint8Array) => Result,
): Result {
  const memory = library.FS as unknown as MemoryFiles;
  const path = `/antler-${files++}.h5`;
  let open: File | undefined;
  const run = (): Result => {
    if (start) memory.writeFile(path, start);
    open = new library.File(path, start ? 'r' : 'w');
    if (open.file_id < 0n) throw damaged(file, 'none that can be opened');
    return body(open, () => {
      open?.close();
      open = undefined;
      return memory.readFile(path);
    });
  };
  redirect(memory, REPORTS_FILE);
  const outcome = attempt(run);
  attempt(() => open && open.file_id >= 0n && open.close());
  attempt(() => memory.unlink(path));
  redirect(memory, '/dev/stderr');
  const reports = new TextDecoder().decode(memory.readFile(REPORTS_FILE));
  memory.unlink(REPORTS_FILE);
  if ('value' in outcome && reports === '') return outcome.value;
  if ('error' in outcome && outcome.error instanceof AntlerError && reports === '') throw outcome.error;
  throw damaged(file, reasonOf(reports, outcome), 'error' in outcome ? outcome.error : undefined);
}

/** The stream that is closed leaves its number, the lowest, to the one that is opened. */
function redirect(memory: MemoryFiles, path: string): void {
  memory.close(memory.getStream(REPORTS));
  memory.open(path, 'w');
}

type Outcome<Result> = { readonly value: Result } | { readonly error: unknown };

function attempt<Result>(action: () => Result): Outcome<Result> {
  try {
    return { value: action() };
  } catch (error) {
    return { error };
  }
}

function damaged(file: string, got: string, cause?: unknown): AntlerDataError {
  return new AntlerDataError({ where: file, expected: 'a whole HDF5 file', got }, { cause });
}

/** The innermost of the library's complaints. */
function reasonOf(reports: string, outcome: Outcome<unknown>): string {
  if (reports.includes('External file list')) return 'data in another file, which is not read';
  const complaints = [...reports.matchAll(/#\d+: .*?\(\): (.*)/g)].map(([, complaint]) => complaint);
  const error = 'error' in outcome ? outcome.error : undefined;
  return complaints.at(-1) ?? (error instanceof Error ? error.message : 'one with errors');
}
