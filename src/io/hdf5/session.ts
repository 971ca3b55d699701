import type { File } from 'h5wasm';
import { AntlerDataError, AntlerError } from '../../util/errors.ts';
import type { Hdf5Library } from './library.ts';

let files = 0;

/**
 * Runs a body with a file of the library's own memory, and removes the file. What the library finds wrong becomes one
 * error: by itself it prints reports and goes on with whatever the memory held.
 * @param start what the file holds, or undefined for a new one
 * @param file named in errors
 */
export function withHdf5File<Result>(
  library: Hdf5Library,
  { start, file }: { readonly start: Uint8Array | undefined; readonly file: string },
  body: (open: File, readAll: () => Uint8Array) => Result,
): Result {
  const { Module, FS } = library;
  const path = `/antler-${files++}.h5`;
  const memory = FS as NonNullable<typeof FS>;
  let open: File | undefined;
  Module.activate_throwing_error_handler();
  try {
    if (start) memory.writeFile(path, start);
    open = new library.File(path, start ? 'r' : 'w');
    if (open.file_id < 0n) throw damaged(file, 'none that can be opened');
    return body(open, () => {
      open?.close();
      open = undefined;
      return memory.readFile(path);
    });
  } catch (cause) {
    throw cause instanceof AntlerError ? cause : damaged(file, reasonOf(cause), cause);
  } finally {
    closeQuietly(open);
    Module.deactivate_throwing_error_handler();
    removeQuietly(memory, path);
  }
}

function damaged(file: string, got: string, cause?: unknown): AntlerDataError {
  return new AntlerDataError({ where: file, expected: 'a whole HDF5 file', got }, { cause });
}

/** The innermost of the library's complaints. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (text.includes('External file list')) return 'data in another file, which is not read';
  const complaints = [...text.matchAll(/#\d+: .*?\(\): (.*)/g)].map(([, complaint]) => complaint);
  return complaints.at(-1) ?? text.slice(0, 200);
}

/** A file that is damaged may fail to close as well; the first error tells more. */
function closeQuietly(open: File | undefined): void {
  try {
    if (open && open.file_id >= 0n) open.close();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

function removeQuietly(fileSystem: { unlink(path: string): void }, path: string): void {
  try {
    fileSystem.unlink(path);
  } catch (error) {
    if (!(error instanceof Object)) throw error;
  }
}
