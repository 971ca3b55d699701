/**
 * How the main thread and the workers talk: 32-bit words in the engine memory, never messages, because a worker that
 * sleeps in `Atomics.wait` cannot receive one.
 *
 * A command is the words from `program` to `threadCount` and each worker's `rank`. The main thread makes `sequence`
 * odd, writes them, and makes it even again; a worker that read an odd number, or another number afterwards, reads
 * once more. A command says: hold this program; whoever has a rank, run it. There is nothing to acknowledge: a run
 * ends with a barrier, and a worker that missed a command without rank has missed nothing it cannot make up for.
 */

/** Word offsets from the start of the control block; what different threads write lies on different cache lines. */
export const CONTROL = {
  sequence: 0,
  /** Number that no other program of the process has. */
  program: 1,
  /** Small number under which workers keep the program; used again after a release. */
  place: 2,
  moduleAddress: 3,
  /** 0: there is nothing to hold. */
  moduleBytes: 4,
  argsAddress: 5,
  threadCount: 6,
  /** Workers asleep, waiting for a command. */
  idleSleepers: 16,
  /** Threads that have reached the barrier. */
  arrivals: 32,
  /** Number of barriers passed. */
  generation: 48,
  /** Threads asleep in the barrier. */
  barrierSleepers: 64,
  /** 1: a thread of this run is lost; every other thread leaves it with a trap. */
  abandoned: 80,
  /** First worker's record. */
  workers: 96,
} as const;

/** Word offsets in a worker's record. */
export const WORKER = {
  /** 0 while starting, then `READY`. */
  state: 0,
  /** Thread index in the command's run, 0 if not part of it. */
  rank: 1,
  /** Sequence number of the last command it is done with. */
  finished: 2,
  /** 1 if its part of the run trapped. */
  trapped: 3,
} as const;

/** Words from one worker's record to the next. */
export const WORKER_WORDS = 16;

export const READY = 1;

/** Reads of a word before a thread goes to sleep over it; some 30 microseconds. */
export const IDLE_SPINS = 4000;

/** First message to a worker: what it needs to know, the layout included, since it imports nothing. */
export interface WorkerStart {
  readonly memory: WebAssembly.Memory;
  readonly controlAddress: number;
  /** Word offset of the worker's record in the control block. */
  readonly record: number;
  readonly words: number;
  readonly control: typeof CONTROL;
  readonly worker: typeof WORKER;
  readonly ready: number;
  readonly idleSpins: number;
}

/** Size of the control block for a number of workers. */
export function controlWords(workers: number): number {
  return CONTROL.workers + workers * WORKER_WORDS;
}
