import type { PlatformWorker, RawWorker } from '../types.ts';

/** See `Platform.Worker`. */
const BrowserWorker = globalThis.Worker;

export { BrowserWorker as Worker };

/** See `Platform.adoptWorker`. */
export function adoptWorker(raw: RawWorker, data: unknown): PlatformWorker {
  const worker = raw as globalThis.Worker; // the only kind there is
  let isRunning = true;
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
      isRunning = false;
      for (const listener of exitListeners.splice(0)) listener(0);
    },
    isRunning: () => isRunning,
    unref: () => {},
  };
}
