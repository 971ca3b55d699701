import type { PlatformWorker } from '../types.ts';

/** See `Platform.spawnWorker`. */
export function spawnWorker(url: URL, data: unknown): PlatformWorker {
  const worker = new Worker(url, { type: 'module' });
  const exitListeners: ((code: number) => void)[] = [];
  worker.postMessage(data);
  return {
    postMessage: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onError: (listener) =>
      worker.addEventListener('error', (event) => listener(event.error ?? event.message)),
    onExit: (listener) => void exitListeners.push(listener),
    terminate: async () => {
      worker.terminate();
      for (const listener of exitListeners.splice(0)) listener(0);
    },
    unref: () => {},
  };
}
