import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CONTROL, controlWords, IDLE_SPINS, READY, WORKER, type WorkerStart } from './protocol.ts';

const start: Omit<WorkerStart, 'memory'> = {
  controlAddress: 64,
  record: CONTROL.workers,
  words: controlWords(1),
  control: CONTROL,
  worker: WORKER,
  ready: READY,
  idleSpins: IDLE_SPINS,
};

/** A program that starts a worker, waits until it is up and asleep, and comes to its end. */
const program = `
  const { Worker } = require('node:worker_threads');
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const start = { memory, ...${JSON.stringify(start)} };
  const worker = new Worker(${JSON.stringify(fileURLToPath(new URL('./worker.js', import.meta.url)))});
  worker.postMessage(start);
  worker.unref();
  const words = new Int32Array(memory.buffer, start.controlAddress, start.words);
  const look = () => {
    if (Atomics.load(words, start.control.idleSleepers) === 0) setTimeout(look, 5);
    else console.log('state', Atomics.load(words, start.record + start.worker.state));
  };
  look();
`;

it('lets the process end by itself while the worker sleeps', () => {
  const child = spawnSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(child.stderr).toBe('');
  expect(child.stdout).toBe(`state ${READY}\n`);
  expect(child.status).toBe(0);
});
