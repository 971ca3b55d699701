import { adoptWorker, cores, Worker } from '#platform';
import type { PlatformWorker } from '../../platform/types.ts';
import { at } from '../../util/errors.ts';
import type { MapReply, MapRequest, MapWorkerStart } from './map-protocol.ts';
import { readAhead, type Work } from './read-ahead.ts';
import type { Source } from './source.ts';
import { type ElementContext, failedFunction, placed } from './transform.ts';
import { requireWhole } from './whole-number.ts';

/** A function for `Dataset.map` that runs in worker threads. Elements and results are copied to and from them. */
export interface WorkerMapper {
  /** The module that exports it: `new URL('./augment.js', import.meta.url)`. */
  readonly module: URL;
  /** Its name there. */
  readonly export: string;
  /** Threads. Default one less than the machine runs at once, at least 1. */
  readonly workers?: number;
}

/** Elements in work or ready for each worker: one under the hands, one waiting. */
const DEPTH_PER_WORKER = 2;

/** Every element through a function in worker threads, in the order in which they came. */
export function mappedInWorkers<T, U>(source: Source<T>, mapper: WorkerMapper): Source<U> {
  const { workers = Math.max(1, cores() - 1) } = mapper;
  requireWhole(workers, 'workers', 'Dataset.map', 1);
  return readAhead(placed(source), workers * DEPTH_PER_WORKER, () => new WorkerPool<T, U>(mapper, workers));
}

interface Pending {
  readonly context: ElementContext;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Workers that take elements in turn. */
class WorkerPool<T, U> implements Work<readonly [T, ElementContext], U> {
  readonly #threads: readonly PlatformWorker[];
  readonly #pending = new Map<number, Pending>();
  #next = 0;

  constructor({ module, export: exportName }: WorkerMapper, workers: number) {
    const start: MapWorkerStart = { module: module.href, exportName };
    this.#threads = Array.from({ length: workers }, () => this.#spawn(start));
  }

  run([element, context]: readonly [T, ElementContext]): Promise<U> {
    const id = this.#next++;
    return new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { context, resolve, reject });
      const request: MapRequest = { id, element, context };
      try {
        at(this.#threads, id % this.#threads.length).postMessage(request);
      } catch (cause) {
        this.#fail(id, cause); // what cannot be copied
      }
    }) as Promise<U>;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
    this.#failAll('the pass was ended');
  }

  #spawn(start: MapWorkerStart): PlatformWorker {
    const thread = adoptWorker(
      new Worker(new URL('./map-worker.js', import.meta.url), { type: 'module' }),
      start,
    );
    thread.onMessage((message) => this.#receive(message as MapReply));
    thread.onError((error) => this.#failAll(error));
    thread.onExit(() => this.#failAll('the worker has ended'));
    return thread;
  }

  #receive(reply: MapReply): void {
    if ('error' in reply) {
      this.#fail(reply.id, reply.error);
    } else {
      this.#pending.get(reply.id)?.resolve(reply.result);
      this.#pending.delete(reply.id);
    }
  }

  #fail(id: number, cause: unknown): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.reject(failedFunction(cause, pending.context, 'Dataset.map in a worker'));
  }

  #failAll(cause: unknown): void {
    for (const id of [...this.#pending.keys()]) this.#fail(id, cause);
  }
}
