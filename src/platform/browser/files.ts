import { AntlerDataError, AntlerResourceError } from '../../util/errors.ts';
import { download } from '../shared/download.ts';

/** See `Platform.readFile`. */
export function readFile(path: string): Promise<Uint8Array> {
  return download(path).catch((cause: unknown) => {
    if (!(cause instanceof AntlerResourceError)) throw cause;
    const { expected, got } = cause.parts;
    throw new AntlerDataError({ where: path, expected: `a file (${expected})`, got }, { cause });
  });
}

/** See `Platform.exists`. */
export function exists(path: string): Promise<boolean> {
  return fetch(path, { method: 'HEAD' }).then(
    (response) => response.ok,
    () => false,
  );
}

/** See `Platform.list`. */
export async function list(folder: string): Promise<string[]> {
  throw needsNode(folder, 'listing a folder');
}

/** See `Platform.makeDirectory`. */
export async function makeDirectory(path: string): Promise<void> {
  throw needsNode(path, 'making a folder');
}

/** See `Platform.writeFileAtomic`. */
export async function writeFileAtomic(path: string, _bytes: Uint8Array): Promise<void> {
  throw needsNode(path, 'writing a file');
}

/** See `Platform.removeUnfinishedWrites`. */
export async function removeUnfinishedWrites(path: string): Promise<void> {
  throw needsNode(path, 'removing a file');
}

/** See `Platform.removeFile`. */
export async function removeFile(path: string): Promise<void> {
  throw needsNode(path, 'removing a file');
}

/** See `Platform.appendBytes`. */
export async function appendBytes(path: string, _bytes: Uint8Array): Promise<void> {
  throw needsNode(path, 'writing a file');
}

/** See `Platform.appendLine`. */
export async function appendLine(path: string, _line: string): Promise<void> {
  throw needsNode(path, 'writing a file');
}

/** The error for what a browser cannot do with a path. */
export function needsNode(where: string, action: string): AntlerResourceError {
  return new AntlerResourceError({
    where,
    expected: `Node for ${action}`,
    got: 'a browser',
    fix: 'keep the bytes in memory and offer them as a download',
  });
}
