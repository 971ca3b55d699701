import { createReadStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { AntlerDataError } from '../../util/errors.ts';
import { reasonOf } from './files.ts';

/** See `Platform.readChunks`. */
export async function* readChunks(path: string, start: number): AsyncGenerator<Uint8Array, undefined> {
  const stream = createReadStream(path, { start });
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) yield chunk;
  } catch (cause) {
    throw new AntlerDataError({ where: path, expected: 'a readable file', got: reasonOf(cause) }, { cause });
  } finally {
    stream.destroy();
  }
}

/** See `Platform.listFolders`. */
export async function listFolders(folder: string): Promise<string[]> {
  try {
    const entries = await fs.readdir(folder);
    const stats = await Promise.all(entries.map((entry) => fs.stat(join(folder, entry)))); // follows links
    return entries.filter((_, i) => stats[i]?.isDirectory()).sort();
  } catch (cause) {
    throw new AntlerDataError(
      { where: folder, expected: 'a readable folder', got: reasonOf(cause) },
      { cause },
    );
  }
}
