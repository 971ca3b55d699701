import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AntlerDataError } from '../../util/errors.ts';
import { listFolders, readChunks } from './chunks.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-chunks-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function bytesFrom(path: string, start: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(path, start)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('readChunks', () => {
  it('reads a file from any byte on, in pieces', async () => {
    const bytes = Buffer.alloc(200_000, 'abcdefg');
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    for (const start of [0, 5, 199_999, 200_000]) {
      expect((await bytesFrom(path, start)).equals(bytes.subarray(start))).toBe(true);
    }
    for await (const chunk of readChunks(path, 0)) {
      expect(chunk.length).toBeLessThan(bytes.length);
      break;
    }
  });

  it('says what is wrong with a file', async () => {
    await expect(bytesFrom(join(folder, 'none'), 0)).rejects.toThrow(AntlerDataError);
    await expect(bytesFrom(folder, 0)).rejects.toThrow('expected a readable file, got a folder');
  });
});

describe('listFolders', () => {
  it('lists folders by name, and links to them', async () => {
    const root = join(folder, 'root');
    await mkdir(join(root, 'b'), { recursive: true });
    await mkdir(join(root, 'a'));
    await symlink(join(root, 'a'), join(root, 'link'));
    await writeFile(join(root, 'file'), '');
    expect(await listFolders(root)).toEqual(['a', 'b', 'link']);
    await expect(listFolders(join(root, 'none'))).rejects.toThrow(
      'expected a readable folder, got no such file or folder',
    );
  });
});
