import { describe, expect, it } from 'vitest';
import { AntlerDataError, AntlerResourceError } from '../../util/errors.ts';
import type { Fetch } from '../types.ts';
import { download } from './download.ts';

const URL_OF_FILE = 'https://example.org/file.gz';

function answering(body: BodyInit | null, init: ResponseInit = {}): Fetch {
  return async () => new Response(body, init);
}

function streamOf(...chunks: number[][]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(Uint8Array.from(chunk));
      controller.close();
    },
  });
}

describe('download', () => {
  it('joins the chunks and reports progress', async () => {
    const seen: string[] = [];
    const bytes = await download(URL_OF_FILE, {
      fetch: answering(streamOf([1, 2], [3]), { headers: { 'content-length': '3' } }),
      onProgress: ({ receivedBytes, totalBytes }) => seen.push(`${receivedBytes}/${totalBytes}`),
    });
    expect([...bytes]).toEqual([1, 2, 3]);
    expect(seen).toEqual(['2/3', '3/3']);
  });

  it('gives no bytes for an empty body', async () => {
    expect((await download(URL_OF_FILE, { fetch: answering(null) })).length).toBe(0);
  });

  it('ignores the announced length of an encoded body', async () => {
    const headers = { 'content-length': '99', 'content-encoding': 'gzip' };
    expect((await download(URL_OF_FILE, { fetch: answering('abc', { headers }) })).length).toBe(3);
  });

  it('refuses a body shorter than announced', async () => {
    const fetch = answering(streamOf([1, 2]), { headers: { 'content-length': '3' } });
    await expect(download(URL_OF_FILE, { fetch })).rejects.toThrow(AntlerDataError);
    await expect(
      download(URL_OF_FILE, { fetch: answering(streamOf([1, 2]), { headers: { 'content-length': '3' } }) }),
    ).rejects.toThrow(`${URL_OF_FILE}, byte 2: expected 3 bytes, as announced, got 2 bytes; try again`);
  });

  it('stops at the bound', async () => {
    await expect(
      download(URL_OF_FILE, { fetch: answering(streamOf([1, 2], [3, 4], [5])), maximumBytes: 3 }),
    ).rejects.toThrow(`${URL_OF_FILE}, byte 3: expected the end of the file, got 4 bytes so far`);
  });

  it('names the status of a refusal', async () => {
    await expect(download(URL_OF_FILE, { fetch: answering('no', { status: 404 }) })).rejects.toThrow(
      `${URL_OF_FILE}: expected an answer with status 200, got status 404`,
    );
  });

  it('names the reason when there is no server', async () => {
    const fetch: Fetch = async () => {
      throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND example.org') });
    };
    await expect(download(URL_OF_FILE, { fetch })).rejects.toThrow(AntlerResourceError);
    await expect(download(URL_OF_FILE, { fetch })).rejects.toThrow('got getaddrinfo ENOTFOUND example.org');
  });

  it('names the reason when the connection breaks', async () => {
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        controller.error(new Error('connection reset'));
      },
    });
    await expect(download(URL_OF_FILE, { fetch: answering(broken) })).rejects.toThrow('got connection reset');
  });
});
