import { appendBytes, exists, makeDirectory, readFile, writeFileAtomic } from '#platform';

/**
 * A file that grows while training runs. A training that goes on from a checkpoint goes on with the file as it was at
 * that time: what came after is cut off, for it will come again.
 */
export class ContinuedFile {
  readonly path: string;
  #length = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** Begins anew, in a folder that is made if need be. */
  async begin(): Promise<void> {
    const folder = folderOf(this.path);
    if (folder) await makeDirectory(folder);
    await this.#replace(new Uint8Array());
  }

  /** Goes on after what is there, if it is. */
  async beginAtEnd(): Promise<void> {
    if (await exists(this.path)) this.#length = (await readFile(this.path)).length;
    else await this.begin();
  }

  /** Goes on after the first bytes. */
  async goOn(length: number): Promise<void> {
    await this.beginAtEnd();
    if (this.#length > length) await this.#replace((await readFile(this.path)).subarray(0, length));
  }

  async append(bytes: Uint8Array): Promise<void> {
    await appendBytes(this.path, bytes);
    this.#length += bytes.length;
  }

  async #replace(bytes: Uint8Array): Promise<void> {
    await writeFileAtomic(this.path, bytes);
    this.#length = bytes.length;
  }
}

/** The folder of a path, empty for a plain name. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0));
}
