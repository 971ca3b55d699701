import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PlatformProcess } from '../types.ts';

/** See `Platform.startProcess`. */
export function startProcess(path: string, fromUrl: string): PlatformProcess {
  // advanced: structured clone, which keeps NaN and infinities that JSON would lose
  const child = fork(fileURLToPath(new URL(path, fromUrl)), { serialization: 'advanced', execArgv: [] });
  return {
    postMessage: (message) => void child.send(message as never),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', (code, signal) => listener(signal ?? `code ${code}`)),
    terminate: () => void child.kill(),
  };
}
