import { Worker } from 'node:worker_threads';
import type { PlatformWorker } from '../types.ts';

/** See `Platform.spawnWorker`. */
export function spawnWorker(url: URL, data: unknown): PlatformWorker {
  const worker = new Worker(url);
  worker.postMessage(data);
  return {
    postMessage: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => void worker.on('message', listener),
    onError: (listener) => void worker.on('error', listener),
    onExit: (listener) => void worker.on('exit', listener),
    terminate: async () => void (await worker.terminate()),
    unref: () => worker.unref(),
  };
}
