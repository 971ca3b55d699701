import { AntlerInternalError, AntlerResourceError, invariant } from '../../../util/errors.ts';
import type { EngineMemory } from '../memory.ts';
import { ControlBlock } from './control-block.ts';
import { PoolWorker, type SpawnWorker } from './pool-worker.ts';

/** Milliseconds that the surviving workers of an abandoned run have to come back. */
const RETURN_MILLISECONDS = 200;
export interface ThreadPoolOptions {
  /** Threads besides the main one; on memory that is not shared there are none. */
  readonly workers: number;
  readonly spawn: SpawnWorker;
}

/** Where the workers find a module, and the numbers they know it by. */
interface Holding {
  readonly id: number;
  readonly place: number;
  readonly moduleAddress: number;
  readonly moduleBytes: number;
}

/** Asks the workers for nothing. */
const NO_PROGRAM: Holding = { id: 0, place: 0, moduleAddress: 0, moduleBytes: 0 };

/** A module that exports `run(threadIndex, threadCount, argsAddress)`, instantiated on the engine memory. */
export interface Program extends Holding {
  readonly exports: WebAssembly.Exports;
  readonly run: (threadIndex: number, threadCount: number, argsAddress: number) => void;
}

/**
 * Runs programs on the main thread and on the workers that are up. No run waits for a worker to start, and none is
 * started before the first program of several threads is loaded. Such a program must end with a barrier of all.
 */
export class ThreadPool {
  readonly #memory: EngineMemory;
  readonly #control: ControlBlock;
  readonly #workerCount: number;
  readonly #spawn: SpawnWorker;
  readonly #programs: (Program | undefined)[] = [];
  #workers: readonly PoolWorker[] | undefined;
  #lastProgram = 0;
  /** Workers of the run that is going on. */
  #running: readonly PoolWorker[] = [];
  /** Lost workers that may still touch the barrier. */
  #ending = 0;
  #barrierIsClean = true;

  constructor(memory: EngineMemory, { workers, spawn }: ThreadPoolOptions) {
    this.#memory = memory;
    this.#workerCount = memory.shared ? workers : 0;
    this.#spawn = spawn;
    this.#control = new ControlBlock(memory, this.#workerCount);
  }

  /** For `emitBarrier`. */
  get controlAddress(): number {
    return this.#control.address;
  }

  /** Threads a run uses once all workers are up. */
  get maximumThreads(): number {
    return 1 + this.#workerCount;
  }

  /** Workers that the next run can use. */
  readyWorkers(): number {
    return this.#helpers(this.#workerCount).length;
  }

  /** Starts the workers, if that has not been done. `load` does it too, for a program of several threads. */
  start(): void {
    this.#workers ??= Array.from(
      { length: this.#workerCount },
      (_, index) => new PoolWorker(this.#memory, this.#control, index, this.#workerCount, this.#spawn),
    );
  }

  /**
   * Compiles a module here, and in the background on the workers. It imports `env.memory` and, for a barrier, `env.isLost`.
   * @param threads at most so many will run it; of a program for one the workers hear nothing
   * @throws AntlerResourceError if the engine memory has no room for the bytes
   */
  load(bytes: Uint8Array<ArrayBuffer>, threads = Number.POSITIVE_INFINITY): Program {
    const held = threads > 1 ? this.#handOut(bytes) : NO_PROGRAM;
    const module = new WebAssembly.Module(bytes);
    const isLost = () => Number(this.#running.some((worker) => !worker.isRunning));
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory.wasm, isLost } });
    const run = exports.run;
    invariant(typeof run === 'function', 'a program exports run');
    const program = { ...held, exports, run: run as Program['run'] };
    if (held !== NO_PROGRAM) this.#programs[held.place] = program;
    return program;
  }

  /** Puts a module where the workers find it, and has them compile it. */
  #handOut(bytes: Uint8Array<ArrayBuffer>): Holding {
    this.start();
    const moduleAddress = this.#memory.alloc(bytes.length);
    this.#memory.bytes(moduleAddress, bytes.length).set(bytes);
    const free = this.#programs.indexOf(undefined);
    const place = free < 0 ? this.#programs.length : free;
    const held = { id: ++this.#lastProgram, place, moduleAddress, moduleBytes: bytes.length };
    this.#command(held, 0, []);
    return held;
  }

  /**
   * Runs a program to its end; returns the number of threads that took part.
   * @param threads at most so many; fewer run while workers are starting or after some are lost
   * @throws AntlerResourceError if a worker ends meanwhile, within 1 s; the results are then undefined
   */
  run(program: Program, argsAddress: number, threads = Number.POSITIVE_INFINITY): number {
    const helpers = this.#helpers(threads - 1);
    const threadCount = 1 + helpers.length;
    if (threadCount === 1) {
      program.run(0, 1, argsAddress);
      return 1;
    }
    invariant(program.id !== NO_PROGRAM.id, 'a program for one thread');
    this.#running = helpers;
    const sequence = this.#command(program, argsAddress, helpers);
    try {
      program.run(0, threadCount, argsAddress);
    } catch (cause) {
      const ownTrap = this.#control.abandon();
      const error = ownTrap ? cause : this.#lossOf(helpers, cause);
      this.#recover(helpers, sequence);
      throw error;
    }
    return threadCount;
  }

  /** Forgets a program; its memory is used again. */
  release(program: Program): void {
    if (program.id === NO_PROGRAM.id) return;
    invariant(this.#programs[program.place] === program, 'a program is released once');
    this.#programs[program.place] = undefined;
    this.#command(NO_PROGRAM, 0, []); // a worker that is just copying the module sees that it may have changed
    this.#memory.free(program.moduleAddress);
  }

  /** Ends all workers; runs after it use the main thread alone. */
  async shutdown(): Promise<void> {
    const workers = this.#workers ?? [];
    this.#workers = [];
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #command(program: Holding, argsAddress: number, helpers: readonly PoolWorker[]): number {
    const command = {
      program: program.id,
      place: program.place,
      moduleAddress: program.moduleAddress,
      moduleBytes: program.moduleBytes,
      argsAddress,
      threadCount: 1 + helpers.length,
    };
    return this.#control.publish(command, () => {
      for (const worker of this.#workers ?? []) worker.rank = helpers.indexOf(worker) + 1;
    });
  }

  /** Workers for the next run. */
  #helpers(limit: number): readonly PoolWorker[] {
    if (!this.#barrierIsClean) {
      if (this.#ending > 0) return [];
      this.#control.resetBarrier();
      this.#barrierIsClean = true;
    }
    return (this.#workers ?? []).filter((worker) => worker.isReady).slice(0, Math.max(0, limit));
  }

  #lossOf(helpers: readonly PoolWorker[], cause: unknown): Error {
    const trapped = helpers.filter((worker) => worker.takeTrap()).map((worker) => worker.rank);
    if (trapped.length > 0) return new AntlerInternalError(`a program trapped on thread ${trapped.join()}`);
    return new AntlerResourceError(
      {
        where: 'worker threads',
        expected: `${helpers.length} workers that take part in the run to its end`,
        got: 'a worker that ended',
        fix: 'run it again; the workers that are left will be used',
      },
      { cause },
    );
  }

  /** Keeps the workers that come back from an abandoned run and ends the others. */
  #recover(helpers: readonly PoolWorker[], sequence: number): void {
    this.#barrierIsClean = false;
    const isOut = (worker: PoolWorker) => worker.hasFinished(sequence);
    for (let wait = 0; wait < RETURN_MILLISECONDS && !helpers.every(isOut); wait++) this.#control.pause();
    for (const worker of helpers.filter((one) => !isOut(one))) {
      this.#ending++;
      const ended = () => {
        this.#ending--;
      };
      worker.terminate().then(ended, ended);
    }
  }
}
