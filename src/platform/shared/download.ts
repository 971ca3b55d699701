import { damagedFile } from '../../util/damaged-file.ts';
import { AntlerResourceError } from '../../util/errors.ts';
import type { DownloadOptions } from '../types.ts';
import { collectStream } from './collect-stream.ts';

const GIBIBYTE = 2 ** 30;

/** See `Platform.download`. */
export async function download(url: string, options: DownloadOptions = {}): Promise<Uint8Array> {
  const { maximumBytes = GIBIBYTE, onProgress } = options;
  const response = await request(url, options);
  const totalBytes = announcedBytes(response);
  const bytes = await collectStream(bodyOf(response), {
    maximumBytes,
    tooLong: (receivedBytes) =>
      damagedFile({
        file: url,
        offset: maximumBytes,
        expected: 'the end of the file',
        got: `${receivedBytes} bytes so far`,
      }),
    failed: (cause) => unreachable(url, cause),
    onChunk: (receivedBytes) => onProgress?.({ receivedBytes, totalBytes }),
  });
  if (totalBytes !== undefined && bytes.length !== totalBytes) {
    throw damagedFile({
      file: url,
      offset: bytes.length,
      expected: `${totalBytes} bytes, as announced`,
      got: `${bytes.length} bytes`,
      fix: 'try again',
    });
  }
  return bytes;
}

async function request(
  url: string,
  { fetch = globalThis.fetch, signal }: DownloadOptions,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    throw unreachable(url, cause);
  }
  if (response.ok) return response;
  throw new AntlerResourceError({
    where: url,
    expected: 'an answer with status 200',
    got: `status ${response.status}`,
  });
}

/** The length counts the bytes on the wire, which `fetch` has already decoded when there is an encoding. */
function announcedBytes(response: Response): number | undefined {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? undefined : Number(length);
}

function bodyOf(response: Response): ReadableStream<Uint8Array> {
  return response.body ?? new Blob([]).stream();
}

function unreachable(url: string, cause: unknown): AntlerResourceError {
  return new AntlerResourceError(
    {
      where: url,
      expected: 'a server that answers',
      got: reasonOf(cause),
      fix: 'check the network connection',
    },
    { cause },
  );
}

/** `fetch` says only "fetch failed" and keeps the reason in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
