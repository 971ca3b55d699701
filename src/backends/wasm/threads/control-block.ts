import type { EngineMemory } from '../memory.ts';
import { CONTROL, controlWords } from './protocol.ts';

/** What the workers are told to hold, and those with a rank to run. */
export interface Command {
  readonly program: number;
  readonly place: number;
  readonly moduleAddress: number;
  readonly moduleBytes: number;
  readonly argsAddress: number;
  readonly threadCount: number;
}

/** The main thread's side of the words described in protocol.ts. */
export class ControlBlock {
  readonly address: number;
  readonly #memory: EngineMemory;
  #words: Int32Array;

  constructor(memory: EngineMemory, workers: number) {
    const count = controlWords(workers);
    this.#memory = memory;
    this.address = memory.alloc(4 * count);
    this.#words = memory.int32(this.address, count).fill(0);
  }

  /** A fresh view where growing has detached the old one, as it does when memory is not shared. */
  get words(): Int32Array {
    if (this.#words.length === 0) this.#words = this.#memory.int32(this.address, controlWords(0));
    return this.#words;
  }

  /** Gives a command, with `assignRanks` writing the ranks between two others; its sequence number. */
  publish(command: Command, assignRanks: () => void): number {
    const { words } = this;
    const before = Atomics.add(words, CONTROL.sequence, 1);
    Atomics.store(words, CONTROL.program, command.program);
    Atomics.store(words, CONTROL.place, command.place);
    Atomics.store(words, CONTROL.moduleAddress, command.moduleAddress);
    Atomics.store(words, CONTROL.moduleBytes, command.moduleBytes);
    Atomics.store(words, CONTROL.argsAddress, command.argsAddress);
    Atomics.store(words, CONTROL.threadCount, command.threadCount);
    assignRanks();
    Atomics.add(words, CONTROL.sequence, 1);
    if (Atomics.load(words, CONTROL.idleSleepers) > 0) Atomics.notify(words, CONTROL.sequence);
    return (before + 2) | 0;
  }

  /** Sends every thread of the run out of its barrier; false if the run was abandoned already. */
  abandon(): boolean {
    const isFirst = Atomics.exchange(this.words, CONTROL.abandoned, 1) === 0;
    Atomics.add(this.words, CONTROL.generation, 1);
    Atomics.notify(this.words, CONTROL.generation);
    return isFirst;
  }

  /** Makes the barrier usable again; no worker may be in it. */
  resetBarrier(): void {
    Atomics.store(this.words, CONTROL.arrivals, 0);
    Atomics.store(this.words, CONTROL.barrierSleepers, 0);
    Atomics.store(this.words, CONTROL.abandoned, 0);
  }

  /** Sleeps for about a millisecond. */
  pause(): void {
    const sequence = Atomics.load(this.words, CONTROL.sequence);
    Atomics.wait(this.words, CONTROL.sequence, sequence, 1);
  }
}
