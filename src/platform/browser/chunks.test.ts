import { afterEach, describe, expect, it, vi } from 'vitest';
import { AntlerDataError, AntlerResourceError } from '../../util/errors.ts';
import { listFolders, readChunks } from './chunks.ts';

afterEach(() => vi.unstubAllGlobals());

const CONTENT = new TextEncoder().encode('0123456789');

async function textFrom(start: number): Promise<string> {
  let text = '';
  for await (const chunk of readChunks('/file', start)) text += new TextDecoder().decode(chunk);
  return text;
}

/** A body in pieces of three bytes. */
function bodyOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let i = 0; i < bytes.length; i += 3) controller.enqueue(bytes.slice(i, i + 3));
      controller.close();
    },
  });
}

describe('readChunks of a browser', () => {
  it('leaves out the beginning where the server sends all', async () => {
    vi.stubGlobal('fetch', async () => new Response(bodyOf(CONTENT)));
    for (const start of [0, 2, 3, 7, 10]) expect(await textFrom(start)).toBe('0123456789'.slice(start));
  });

  it('asks for the rest alone', async () => {
    vi.stubGlobal('fetch', async (_url: string, { headers }: { headers?: { range: string } }) => {
      const start = Number(headers?.range.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
      if (start >= CONTENT.length) return new Response('', { status: 416 });
      return new Response(bodyOf(CONTENT.subarray(start)), { status: start > 0 ? 206 : 200 });
    });
    for (const start of [0, 4, 9, 10]) expect(await textFrom(start)).toBe('0123456789'.slice(start));
  });

  it('says what is wrong', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    await expect(textFrom(0)).rejects.toThrow(AntlerDataError);
    await expect(textFrom(0)).rejects.toThrow('/file: expected a readable file, got status 404');
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('no network');
    });
    await expect(textFrom(0)).rejects.toThrow('/file: expected a readable file, got no network');
    await expect(listFolders('/folder')).rejects.toThrow(AntlerResourceError);
  });
});
