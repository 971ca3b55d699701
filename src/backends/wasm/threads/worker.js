// @ts-check
/**
 * A worker thread of the engine. Imports nothing, so that the file works unchanged from the package, from a bundler's
 * output and from the sources. protocol.ts explains the words it reads.
 */

/**
 * @typedef {import('./protocol.ts').WorkerStart} WorkerStart
 * @typedef {(threadIndex: number, threadCount: number, argsAddress: number) => void} Run
 * @typedef {{ sequence: number, program: number, place: number, moduleAddress: number, moduleBytes: number,
 *   argsAddress: number, threadCount: number, rank: number }} Command
 */

/** @param {(start: WorkerStart) => void} listener */
function onFirstMessage(listener) {
  if (typeof process === 'object' && process.versions?.node) {
    const { parentPort } = process.getBuiltinModule('node:worker_threads');
    parentPort?.once('message', listener);
  } else {
    globalThis.addEventListener('message', (event) => listener(event.data), { once: true });
  }
}

/**
 * Obeys commands for ever; the main thread ends the worker by terminating it.
 * @param {WorkerStart} start
 */
function serve(start) {
  const { record, worker } = start;
  const words = new Int32Array(start.memory.buffer, start.controlAddress, start.words);
  /** @type {Map<number, { program: number, run: Run }>} */
  const programs = new Map();
  let done = -1; // no command has an odd number, so the one given last is looked at first
  Atomics.store(words, record + worker.state, start.ready);
  for (;;) {
    const command = nextCommand(start, words, done);
    obey(start, words, programs, command);
    done = command.sequence;
    Atomics.store(words, record + worker.finished, done);
  }
}

/**
 * Waits for a command other than `done`: briefly awake, then asleep.
 * @param {WorkerStart} start
 * @param {Int32Array} words
 * @param {number} done
 * @returns {Command}
 */
function nextCommand({ control, record, worker, idleSpins }, words, done) {
  for (let spins = 0; ; spins++) {
    const sequence = Atomics.load(words, control.sequence);
    if (sequence !== done && (sequence & 1) === 0) {
      const word = (/** @type {number} */ offset) => Atomics.load(words, offset);
      const command = {
        sequence,
        program: word(control.program),
        place: word(control.place),
        moduleAddress: word(control.moduleAddress) >>> 0,
        moduleBytes: word(control.moduleBytes),
        argsAddress: word(control.argsAddress),
        threadCount: word(control.threadCount),
        rank: word(record + worker.rank),
      };
      if (word(control.sequence) === sequence) return command;
    } else if (sequence === done && spins >= idleSpins) {
      Atomics.add(words, control.idleSleepers, 1);
      Atomics.wait(words, control.sequence, done);
      Atomics.sub(words, control.idleSleepers, 1);
    }
  }
}

/**
 * @param {WorkerStart} start
 * @param {Int32Array} words
 * @param {Map<number, { program: number, run: Run }>} programs
 * @param {Command} command
 */
function obey({ memory, control, record, worker }, words, programs, command) {
  try {
    let held = programs.get(command.place);
    if (command.moduleBytes > 0 && held?.program !== command.program) {
      const module = copyModule(memory, command);
      if (Atomics.load(words, control.sequence) !== command.sequence) return; // the bytes may be others by now
      // the main thread alone looks after the others
      const env = { memory, isLost: () => 0 };
      const instance = new WebAssembly.Instance(new WebAssembly.Module(module), { env });
      held = { program: command.program, run: /** @type {Run} */ (instance.exports.run) };
      programs.set(command.place, held);
    }
    if (command.rank > 0) held?.run(command.rank, command.threadCount, command.argsAddress);
  } catch (error) {
    if (command.rank === 0) throw error;
    const isFirst = Atomics.exchange(words, control.abandoned, 1) === 0;
    if (isFirst) Atomics.store(words, record + worker.trapped, 1);
    Atomics.add(words, control.generation, 1);
    Atomics.notify(words, control.generation);
  }
}

/**
 * @param {WebAssembly.Memory} memory
 * @param {Command} command
 */
function copyModule(memory, { moduleAddress, moduleBytes }) {
  // Growth by the main thread may not have reached this thread's view yet; growing by nothing fetches it.
  if (memory.buffer.byteLength < moduleAddress + moduleBytes) memory.grow(0);
  return new Uint8Array(memory.buffer, moduleAddress, moduleBytes).slice();
}

onFirstMessage(serve);
