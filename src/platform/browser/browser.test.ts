import { afterEach, describe, expect, it, vi } from 'vitest';
import { AntlerDataError, AntlerResourceError } from '../../util/errors.ts';
import {
  appendBytes,
  appendLine,
  exists,
  list,
  makeDirectory,
  readFile,
  removeFile,
  removeUnfinishedWrites,
  writeFileAtomic,
} from './files.ts';
import { cacheFolder, joinPath, resolvePackageFile } from './folders.ts';
import { cores, environment, sha256 } from './machine.ts';
import { adoptWorker } from './workers.ts';

afterEach(() => vi.unstubAllGlobals());

describe('files of a browser', () => {
  it('are fetched', async () => {
    vi.stubGlobal('fetch', async () => new Response('abc'));
    expect(new TextDecoder().decode(await readFile('/a'))).toBe('abc');
    expect(await exists('/a')).toBe(true);
  });

  it('may be missing', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    expect(await exists('/a')).toBe(false);
    await expect(readFile('/a')).rejects.toThrow(AntlerDataError);
    await expect(readFile('/a')).rejects.toThrow(
      '/a: expected a file (an answer with status 200), got status 404',
    );
  });

  it('cannot be written', async () => {
    const attempts = [
      list('a'),
      makeDirectory('a'),
      writeFileAtomic('a', new Uint8Array()),
      appendLine('a', ''),
      appendBytes('a', new Uint8Array()),
      removeFile('a'),
      removeUnfinishedWrites('a'),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toThrow(AntlerResourceError);
    await expect(list('runs')).rejects.toThrow('runs: expected Node for listing a folder, got a browser');
  });
});

describe('folders of a browser', () => {
  it('are URLs', () => {
    expect(joinPath('https://example.org/data/', 'mnist', 'file')).toBe(
      'https://example.org/data/mnist/file',
    );
    expect(cacheFolder()).toBeUndefined();
    expect(resolvePackageFile('vitest', 'package.json')).toBeUndefined();
  });
});

describe('machine of a browser', () => {
  it('is what navigator tells', () => {
    vi.stubGlobal('navigator', { hardwareConcurrency: 4, deviceMemory: 8, userAgent: 'Test/1' });
    expect(environment()).toMatchObject({
      runtime: 'browser',
      version: 'Test/1',
      cores: 4,
      memoryBytes: 2 ** 33,
    });
    vi.stubGlobal('navigator', { userAgent: 'Test/1' });
    expect(cores()).toBe(1);
    expect(environment().memoryBytes).toBeUndefined();
  });

  it('computes SHA-256 on a secure page only', async () => {
    expect(await sha256(new TextEncoder().encode('abc'))).toMatch(/^ba7816bf8f01cfea/);
    vi.stubGlobal('crypto', undefined);
    await expect(sha256(new Uint8Array())).rejects.toThrow(
      'sha256: expected a secure page (https or localhost)',
    );
  });
});

describe('adoptWorker of a browser', () => {
  it('sends the data and passes events on', async () => {
    class FakeWorker extends EventTarget {
      static last: FakeWorker;
      readonly sent: unknown[] = [];
      terminated = false;
      constructor() {
        super();
        FakeWorker.last = this;
      }
      postMessage(message: unknown) {
        this.sent.push(message);
      }
      terminate() {
        this.terminated = true;
      }
    }
    const worker = adoptWorker(new FakeWorker(), 'data');
    worker.postMessage('more');
    expect(FakeWorker.last.sent).toEqual(['data', 'more']);

    const heard: unknown[] = [];
    worker.onMessage((message) => heard.push(message));
    worker.onError((error) => heard.push(error));
    worker.onExit((code) => heard.push(code));
    FakeWorker.last.dispatchEvent(new MessageEvent('message', { data: 42 }));
    FakeWorker.last.dispatchEvent(Object.assign(new Event('error'), { message: 'broken' }));
    worker.unref();
    await worker.terminate();
    expect(heard).toEqual([42, 'broken', 0]);
    expect(FakeWorker.last.terminated).toBe(true);
  });
});
