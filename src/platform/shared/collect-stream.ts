export interface CollectOptions {
  readonly maximumBytes: number;
  /** The error to throw when more than `maximumBytes` arrive. */
  readonly tooLong: (receivedBytes: number) => Error;
  /** The error to throw when the stream breaks. */
  readonly failed: (cause: unknown) => Error;
  readonly onChunk?: (receivedBytes: number) => void;
}

/** Reads a stream to its end into one array, and never holds much more than `maximumBytes`. */
export async function collectStream(
  stream: ReadableStream<Uint8Array>,
  { maximumBytes, tooLong, failed, onChunk }: CollectOptions,
): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let receivedBytes = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw failed(cause);
    });
    if (done) return concatenate(chunks, receivedBytes);
    chunks.push(value);
    receivedBytes += value.length;
    if (receivedBytes > maximumBytes) {
      await reader.cancel();
      throw tooLong(receivedBytes);
    }
    onChunk?.(receivedBytes);
  }
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
