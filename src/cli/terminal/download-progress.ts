import type { FileProgress } from '../../data/idx-dataset-definition.ts';
import { bytes } from './format.ts';
import type { Output } from './output.ts';

/** Shows what is downloaded, if anything is, on the live line while `load` runs. */
export async function withProgress<T>(
  out: Output,
  load: (onProgress: (progress: FileProgress) => void) => Promise<T>,
): Promise<T> {
  try {
    return await load(({ file, receivedBytes, totalBytes }) => {
      const total = totalBytes === undefined ? '' : ` of ${bytes(totalBytes)}`;
      out.live(`downloading ${file}: ${bytes(receivedBytes)}${total}`);
    });
  } finally {
    out.endLive();
  }
}
