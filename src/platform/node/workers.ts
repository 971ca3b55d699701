import { Worker as NodeWorker } from 'node:worker_threads';
import { invariant } from '../../util/errors.ts';
import type { PlatformWorker, RawWorker } from '../types.ts';

/** See `Platform.Worker`. Flags of the process that a worker cannot take, such as `--input-type`, are left out. */
export class Worker extends NodeWorker {
  constructor(url: URL, _options: { readonly type: 'module' }) {
    super(url, { execArgv: [] });
  }
}

/** See `Platform.adoptWorker`. */
export function adoptWorker(raw: RawWorker, data: unknown): PlatformWorker {
  invariant(raw instanceof NodeWorker, 'a worker of this platform');
  const worker = raw;
  worker.postMessage(data);
  return {
    postMessage: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => void worker.on('message', listener),
    onError: (listener) => void worker.on('error', listener),
    onExit: (listener) => void worker.on('exit', listener),
    isRunning: () => {
      // of a loop that has not begun or has ended no time is known: both are 0, or idle is negative
      const { active, idle } = worker.performance.eventLoopUtilization();
      return active > 0 && idle >= 0;
    },
    terminate: async () => void (await worker.terminate()),
    unref: () => worker.unref(),
  };
}
