import { adoptWorker, Worker } from '#platform';
import type { PlatformWorker } from '../../../platform/types.ts';
import type { EngineMemory } from '../memory.ts';
import type { ControlBlock } from './control-block.ts';
import {
  CONTROL,
  controlWords,
  IDLE_SPINS,
  READY,
  WORKER,
  WORKER_WORDS,
  type WorkerStart,
} from './protocol.ts';

/** Starts a thread that runs worker.js and sends it its first message. */
export type SpawnWorker = (data: unknown) => PlatformWorker;

/** The real thing; tests put others in its place. */
export const spawnWorker: SpawnWorker = (data) =>
  adoptWorker(new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }), data);

/** One worker thread and its record in the control block. */
export class PoolWorker {
  readonly #words: Int32Array;
  readonly #record: number;
  readonly #thread: PlatformWorker;
  #alive = true;

  /** @param index 0 for the first worker */
  constructor(
    memory: EngineMemory,
    control: ControlBlock,
    index: number,
    workers: number,
    spawn: SpawnWorker,
  ) {
    this.#words = control.words;
    this.#record = CONTROL.workers + index * WORKER_WORDS;
    const start: WorkerStart = {
      memory: memory.wasm,
      controlAddress: control.address,
      record: this.#record,
      words: controlWords(workers),
      control: CONTROL,
      worker: WORKER,
      ready: READY,
      idleSpins: IDLE_SPINS,
    };
    this.#thread = spawn(start);
    this.#thread.onError(() => this.#end());
    this.#thread.onExit(() => this.#end());
    this.#thread.unref();
  }

  /** Up, and not known to be dead. A thread that dies is known only once the main thread has handled events. */
  get isReady(): boolean {
    return this.#alive && this.#load(WORKER.state) === READY;
  }

  /** Whether the thread exists at this moment, however busy; asked while the main thread handles no events. */
  get isRunning(): boolean {
    return this.#alive && this.#thread.isRunning();
  }

  /** Thread index in the next command's run; 0 for no part in it. */
  set rank(value: number) {
    Atomics.store(this.#words, this.#record + WORKER.rank, value);
  }

  get rank(): number {
    return this.#load(WORKER.rank);
  }

  hasFinished(sequence: number): boolean {
    return this.#load(WORKER.finished) === sequence;
  }

  /** Whether its part of the last run trapped. Reading it clears it. */
  takeTrap(): boolean {
    return Atomics.exchange(this.#words, this.#record + WORKER.trapped, 0) === 1;
  }

  /** Ends the thread; resolves when it is gone. */
  async terminate(): Promise<void> {
    this.#end();
    await this.#thread.terminate();
  }

  #end(): void {
    this.#alive = false;
  }

  #load(word: number): number {
    return Atomics.load(this.#words, this.#record + word);
  }
}
