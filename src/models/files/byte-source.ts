import { AntlerValueError } from '../../util/errors.ts';

/** Bytes, or something that gives them: a file that was dropped on a page, the body of an answer. */
export type ByteSource = Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array>;

/** All bytes of a source. @throws AntlerValueError for other things */
export async function bytesOf(source: ByteSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  if (source instanceof ReadableStream)
    return new Uint8Array(await new Response(source as BodyInit).arrayBuffer());
  throw new AntlerValueError({
    where: 'loadModel',
    expected: 'a path, bytes, or a stream of bytes',
    got: typeof source,
  });
}
