import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AntlerDataError, AntlerResourceError } from '../../util/errors.ts';
import {
  appendBytes,
  appendLine,
  exists,
  list,
  makeDirectory,
  readFile,
  removeFile,
  removeUnfinishedWrites,
  writeFileAtomic,
} from './files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-files-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const utf8 = (value: string) => new TextEncoder().encode(value);

describe('readFile', () => {
  it('gives plain bytes', async () => {
    await writeFile(join(folder, 'a'), 'hello');
    const bytes = await readFile(join(folder, 'a'));
    expect(bytes.constructor).toBe(Uint8Array);
    expect(text(bytes)).toBe('hello');
  });

  it('names a missing file', async () => {
    const path = join(folder, 'missing');
    await expect(readFile(path)).rejects.toThrow(AntlerDataError);
    await expect(readFile(path)).rejects.toThrow(
      `${path}: expected a readable file, got no such file or folder`,
    );
  });

  it('names a folder read as a file', async () => {
    await expect(readFile(folder)).rejects.toThrow(`${folder}: expected a readable file, got a folder`);
  });
});

describe('writeFileAtomic', () => {
  it('creates, then replaces, and leaves nothing beside the file', async () => {
    const path = join(folder, 'weights');
    await writeFileAtomic(path, utf8('first'));
    await writeFileAtomic(path, utf8('second'));
    expect(text(await readFile(path))).toBe('second');
    expect(await readdir(folder)).toEqual(['weights']);
  });

  it('keeps the old inode for a reader that has the file open', async () => {
    const path = join(folder, 'weights');
    await writeFileAtomic(path, utf8('first'));
    const before = await stat(path);
    await writeFileAtomic(path, utf8('second'));
    expect((await stat(path)).ino).not.toBe(before.ino);
  });

  it('refuses a missing folder', async () => {
    const path = join(folder, 'no', 'weights');
    await expect(writeFileAtomic(path, utf8('x'))).rejects.toThrow(AntlerResourceError);
    await expect(writeFileAtomic(path, utf8('x'))).rejects.toThrow(
      `${path}: expected a file that can be written, got no such file or folder; choose another folder`,
    );
  });

  it('removes its temporary file when the name is taken by a folder', async () => {
    const path = join(folder, 'taken');
    await mkdir(path);
    await writeFile(join(path, 'inside'), '');
    await expect(writeFileAtomic(path, utf8('x'))).rejects.toThrow(AntlerResourceError);
    expect(await readdir(folder)).toEqual(['taken']);
  });

  it('refuses a folder that is only readable', async () => {
    // The superuser may write anywhere but in the kernel's own file system.
    const readOnly = process.getuid?.() === 0 ? '/proc' : join(folder, 'read-only');
    if (readOnly !== '/proc') await mkdir(readOnly);
    if (readOnly !== '/proc') await chmod(readOnly, 0o500);
    await expect(writeFileAtomic(join(readOnly, 'weights'), utf8('x'))).rejects.toThrow(AntlerResourceError);
  });
});

describe('appendLine', () => {
  it('adds whole lines', async () => {
    const path = join(folder, 'log.jsonl');
    await appendLine(path, '{"epoch":1}');
    await appendLine(path, '{"epoch":2}');
    expect(text(await readFile(path))).toBe('{"epoch":1}\n{"epoch":2}\n');
  });

  it('refuses two lines at once', async () => {
    await expect(appendLine(join(folder, 'log'), 'a\nb')).rejects.toThrow('internal error');
  });

  it('refuses a folder', async () => {
    await expect(appendLine(folder, 'x')).rejects.toThrow(AntlerResourceError);
  });
});

describe('folders', () => {
  it('are made with their parents, twice without harm', async () => {
    const path = join(folder, 'a', 'b');
    await makeDirectory(path);
    await makeDirectory(path);
    expect(await exists(path)).toBe(true);
    expect(await exists(join(path, 'c'))).toBe(false);
  });

  it('are not made below a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(makeDirectory(join(folder, 'file', 'a'))).rejects.toThrow(AntlerResourceError);
  });

  it.runIf(process.platform === 'linux')(
    'are not made in /proc, where mkdir -p of Node never ends',
    async () => {
      await expect(makeDirectory('/proc/antler/run')).rejects.toThrow(
        '/proc/antler/run: expected a place where a folder can be made, got no such file or folder',
      );
    },
  );

  it('are listed in order', async () => {
    await Promise.all(['b', 'a', 'C'].map((name) => writeFile(join(folder, name), '')));
    expect(await list(folder)).toEqual(['C', 'a', 'b']);
    await expect(list(join(folder, 'a'))).rejects.toThrow(
      'expected a readable folder, got a file where a folder should be',
    );
  });

  it('count a dangling link as absent', async () => {
    await symlink(join(folder, 'nowhere'), join(folder, 'link'));
    expect(await exists(join(folder, 'link'))).toBe(false);
  });
});

describe('files that go', () => {
  it('are removed, and need not be there', async () => {
    const path = join(folder, 'a');
    await appendBytes(path, utf8('one'));
    await appendBytes(path, utf8(' two'));
    expect(text(await readFile(path))).toBe('one two');
    await removeFile(path);
    await removeFile(path);
    expect(await exists(path)).toBe(false);
    await expect(removeFile(folder)).rejects.toThrow(AntlerResourceError);
  });

  it('are those that a write of the same file has left', async () => {
    const names = ['.a.123.tmp', '.b.123.tmp', 'a'];
    await Promise.all(names.map((name) => writeFile(join(folder, name), '')));
    await removeUnfinishedWrites(join(folder, 'a'));
    expect(await list(folder)).toEqual(['.b.123.tmp', 'a']);
  });
});
