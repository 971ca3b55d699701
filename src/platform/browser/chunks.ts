import { AntlerDataError } from '../../util/errors.ts';
import { needsNode } from './files.ts';

/** See `Platform.readChunks`. A server that knows no ranges sends all, of which the beginning is left out. */
export async function* readChunks(path: string, start: number): AsyncGenerator<Uint8Array, undefined> {
  const response = await fetch(path, start > 0 ? { headers: { range: `bytes=${start}-` } } : {}).catch(
    (cause: unknown) => {
      throw unreadable(path, cause instanceof Error ? cause.message : String(cause), { cause });
    },
  );
  if (response.status === 416) return; // nothing is behind the end
  if (!response.ok) throw unreadable(path, `status ${response.status}`);
  let superfluous = response.status === 206 ? 0 : start;
  const reader = (response.body ?? new Blob([]).stream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const chunk = value.subarray(superfluous);
      superfluous -= value.length - chunk.length;
      if (chunk.length > 0) yield chunk;
    }
  } finally {
    await reader.cancel();
  }
}

/** See `Platform.listFolders`. */
export async function listFolders(folder: string): Promise<string[]> {
  throw needsNode(folder, 'listing a folder');
}

function unreadable(where: string, got: string, options?: ErrorOptions): AntlerDataError {
  return new AntlerDataError({ where, expected: 'a readable file', got }, options);
}
