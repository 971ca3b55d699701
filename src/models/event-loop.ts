/** Multiply-adds after which waiting events get their turn: some tens of milliseconds of work. */
const WORK_BETWEEN_PAUSES = 2 ** 29;

/** Batches after which they do in any case. */
const BATCHES_BETWEEN_PAUSES = 64;

/**
 * Lets timers, signals and messages in between batches. Promises alone would keep them waiting until training
 * ends; a message to oneself costs some microseconds, so it is sent once in a while.
 */
export class EventLoopTurns {
  readonly #channel = new MessageChannel();
  readonly #batches: number;
  #since = 0;

  /** @param workPerBatch multiply-adds of a batch */
  constructor(workPerBatch: number) {
    const byWork = Math.ceil(WORK_BETWEEN_PAUSES / Math.max(1, workPerBatch));
    this.#batches = Math.min(BATCHES_BETWEEN_PAUSES, byWork);
  }

  /** Waits for a turn of the event loop if it is due. Called after every batch. */
  pause(): Promise<void> | undefined {
    this.#since++;
    if (this.#since < this.#batches) return undefined;
    this.#since = 0;
    const { port1, port2 } = this.#channel;
    return new Promise((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  }

  /** Frees the channel, which would keep the process alive. */
  close(): void {
    this.#channel.port1.close();
  }
}
