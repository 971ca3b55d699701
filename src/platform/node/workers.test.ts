import { describe, expect, it } from 'vitest';
import type { PlatformWorker } from '../types.ts';
import { adoptWorker, Worker } from './workers.ts';

const moduleUrl = (source: string) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);

const ECHO = moduleUrl(`
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (message) => parentPort.postMessage({ echo: message }));
`);

const next = (worker: PlatformWorker) => new Promise<unknown>((resolve) => worker.onMessage(resolve));

const spawn = (url: URL, data: unknown) => adoptWorker(new Worker(url, { type: 'module' }), data);

describe('adoptWorker', () => {
  it('sends the data first, then what is posted', async () => {
    const worker = spawn(ECHO, { first: true });
    expect(await next(worker)).toEqual({ echo: { first: true } });
    const answer = new Promise<unknown>((resolve) => {
      worker.onMessage((message) => resolve(message));
    });
    worker.postMessage('second');
    expect(await answer).toEqual({ echo: 'second' });
    await worker.terminate();
  });

  it('shares memory and moves what is transferred', async () => {
    const shared = new SharedArrayBuffer(4);
    const write = moduleUrl(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ shared, moved }) => {
        new Int32Array(shared)[0] = moved.byteLength;
        parentPort.postMessage('done');
      });
    `);
    const worker = spawn(write, { shared, moved: new ArrayBuffer(7) });
    await next(worker);
    expect(new Int32Array(shared)[0]).toBe(7);
    const moved = new ArrayBuffer(9);
    const done = next(worker);
    worker.postMessage({ shared, moved }, [moved]);
    await done;
    expect(moved.byteLength).toBe(0);
    expect(new Int32Array(shared)[0]).toBe(9);
    await worker.terminate();
  });

  it('reports errors and the end', async () => {
    const worker = spawn(moduleUrl('throw new RangeError("broken on purpose")'), undefined);
    const error = new Promise<unknown>((resolve) => worker.onError(resolve));
    const exit = new Promise<number>((resolve) => worker.onExit(resolve));
    expect(await error).toMatchObject({ message: 'broken on purpose' });
    expect(await exit).toBe(1);
  });

  it('knows at once, without handling events, that a thread has ended, and that a busy one has not', async () => {
    const state = new SharedArrayBuffer(4);
    const word = new Int32Array(state);
    const busy = moduleUrl(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', (state) => {
        Atomics.store(new Int32Array(state), 0, 1);
        for (;;);
      });
    `);
    const worker = spawn(busy, state);
    while (Atomics.load(word, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(worker.isRunning()).toBe(true);
    const ending = worker.terminate();
    for (let slice = 0; slice < 200 && worker.isRunning(); slice++) Atomics.wait(word, 0, 1, 25);
    expect(worker.isRunning()).toBe(false);
    await ending;
  });

  it('can be let go', async () => {
    const worker = spawn(ECHO, 1);
    worker.unref();
    await worker.terminate();
  });
});
