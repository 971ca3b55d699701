import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AntlerDataError, AntlerResourceError, invariant } from '../../util/errors.ts';

/** See `Platform.readFile`. */
export async function readFile(path: string): Promise<Uint8Array> {
  try {
    const { buffer, byteOffset, length } = await fs.readFile(path);
    return new Uint8Array(buffer, byteOffset, length);
  } catch (cause) {
    throw new AntlerDataError({ where: path, expected: 'a readable file', got: reasonOf(cause) }, { cause });
  }
}

/** See `Platform.exists`. */
export function exists(path: string): Promise<boolean> {
  return fs.access(path).then(
    () => true,
    () => false,
  );
}

/** See `Platform.list`. */
export async function list(folder: string): Promise<string[]> {
  try {
    return (await fs.readdir(folder)).sort();
  } catch (cause) {
    throw new AntlerDataError(
      { where: folder, expected: 'a readable folder', got: reasonOf(cause) },
      { cause },
    );
  }
}

/** See `Platform.makeDirectory`. */
export async function makeDirectory(path: string): Promise<void> {
  await makeMissing(path).catch((cause: unknown) => {
    throw unwritable(path, 'a place where a folder can be made', cause);
  });
}

/** Node's own `recursive` tries for ever where the system answers "not there" below a folder that is, as in /proc. */
async function makeMissing(path: string): Promise<void> {
  const failure = await makeOne(path);
  if (!failure) return;
  const parent = dirname(path);
  if (codeOf(failure) !== 'ENOENT' || parent === path) throw failure;
  await makeMissing(parent);
  const secondFailure = await makeOne(path);
  if (secondFailure) throw secondFailure;
}

/** @returns why the folder is not there now */
async function makeOne(path: string): Promise<unknown> {
  try {
    await fs.mkdir(path);
  } catch (failure) {
    const isThere = codeOf(failure) === 'EEXIST' && (await fs.stat(path)).isDirectory();
    return isThere ? undefined : failure;
  }
}

/** See `Platform.writeFileAtomic`. */
export async function writeFileAtomic(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `${temporaryPrefix(path)}${randomUUID()}${TEMPORARY_SUFFIX}`);
  try {
    await writeAndSync(temporary, bytes);
    await fs.rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (cause) {
    await fs.rm(temporary, { force: true });
    throw unwritable(path, 'a file that can be written', cause);
  }
}

/** See `Platform.removeUnfinishedWrites`. */
export async function removeUnfinishedWrites(path: string): Promise<void> {
  const prefix = temporaryPrefix(path);
  const names = (await list(dirname(path))).filter(
    (name) => name.startsWith(prefix) && name.endsWith(TEMPORARY_SUFFIX),
  );
  for (const name of names) await removeFile(join(dirname(path), name));
}

/** Names of files that `writeFileAtomic` has not finished yet begin so. */
function temporaryPrefix(path: string): string {
  return `.${basename(path)}.`;
}

const TEMPORARY_SUFFIX = '.tmp';

/** See `Platform.removeFile`. */
export async function removeFile(path: string): Promise<void> {
  await fs.rm(path, { force: true }).catch((cause: unknown) => {
    throw unwritable(path, 'a file that can be removed', cause);
  });
}

/** See `Platform.appendLine`. */
export async function appendLine(path: string, line: string): Promise<void> {
  invariant(!line.includes('\n'), 'appendLine takes one line');
  await appendBytes(path, new TextEncoder().encode(`${line}\n`));
}

/** See `Platform.appendBytes`. */
export async function appendBytes(path: string, bytes: Uint8Array): Promise<void> {
  await fs.appendFile(path, bytes).catch((cause: unknown) => {
    throw unwritable(path, 'a file that can be written', cause);
  });
}

async function writeAndSync(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await fs.open(path, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Without it the rename itself may be lost in a power cut. Windows cannot open a folder and needs no sync. */
async function syncDirectory(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function unwritable(path: string, expected: string, cause: unknown): AntlerResourceError {
  return new AntlerResourceError(
    { where: path, expected, got: reasonOf(cause), fix: 'choose another folder' },
    { cause },
  );
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'a file of that name',
  EISDIR: 'a folder',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left on the disk',
  ENOTDIR: 'a file where a folder should be',
  EPERM: 'permission denied',
  EROFS: 'a read-only file system',
};

/** What went wrong with a file, in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return REASONS[codeOf(error)] ?? error.message;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
