import { damagedFile } from '../../util/damaged-file.ts';
import type { InflateOptions } from '../types.ts';
import { collectStream } from './collect-stream.ts';

/** See `Platform.inflate`. */
export function inflate(
  bytes: Uint8Array,
  { format, maximumBytes, file }: InflateOptions,
): Promise<Uint8Array> {
  // A view on shared memory is not a BlobPart; files and downloads never are one.
  const compressed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  return collectStream(compressed.pipeThrough(new DecompressionStream(format)), {
    maximumBytes,
    tooLong: () =>
      damagedFile({
        file,
        offset: maximumBytes,
        expected: `at most ${maximumBytes} bytes after inflating`,
        got: 'more',
      }),
    failed: (cause) =>
      damagedFile(
        {
          file,
          offset: 0,
          expected: `whole ${format} data`,
          got: cause instanceof Error ? cause.message : String(cause),
        },
        { cause },
      ),
  });
}
