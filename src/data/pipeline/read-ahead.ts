import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import type { Source } from './source.ts';

/** An element that was read before it was asked for, and where the source stood behind it. */
interface Ready<T> {
  readonly element: T;
  readonly state: Json;
}

/** What is done to elements ahead of time, several at once. */
export interface Work<T, U> {
  run(element: T): U | Promise<U>;
  close(): Promise<void>;
}

/** Begins the work of one pass. */
export type OpenWork<T, U> = () => Work<T, U>;

/** Reads up to `depth` elements ahead, one after the other, and works on them side by side; the order stays. */
export function readAhead<T, U>(source: Source<T>, depth: number, openWork: OpenWork<T, U>): Source<U> {
  return {
    size: source.size,
    access: undefined,
    open: (epoch, state) => new ReadAheadCursor(source, depth, openWork, { epoch, state }),
  };
}

/** `readAhead` with nothing to do but read. */
export function prefetched<T>(source: Source<T>, depth: number): Source<T> {
  return readAhead(source, depth, () => ({ run: (element: T) => element, close: async () => {} }));
}

class ReadAheadCursor<T, U> implements Cursor<U> {
  readonly #source: Cursor<T>;
  readonly #depth: number;
  readonly #work: Work<T, U>;
  readonly #queue: Promise<Ready<U> | typeof END>[] = [];
  #state: Json;
  /** Ends when the source has answered the latest call. */
  #reading: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(
    source: Source<T>,
    depth: number,
    openWork: OpenWork<T, U>,
    { epoch, state }: { readonly epoch: number; readonly state: Json | undefined },
  ) {
    this.#source = source.open(epoch, state);
    this.#depth = depth;
    this.#work = openWork();
    this.#state = this.#source.state();
  }

  async next(): Promise<U | typeof END> {
    this.#fill();
    const ready = await (this.#queue.shift() ?? END);
    if (ready === END) return END;
    this.#fill();
    this.#state = ready.state;
    return ready.element;
  }

  state(): Json {
    return this.#state;
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#work.close();
    await Promise.allSettled([this.#reading, ...this.#queue]);
    await this.#source.close();
  }

  #fill(): void {
    while (this.#queue.length < this.#depth && !this.#isOver) {
      const ready = this.#readNext();
      ready.catch(() => {}); // whoever asks for the element gets the error
      this.#queue.push(ready);
    }
  }

  #readNext(): Promise<Ready<U> | typeof END> {
    const read = this.#reading.then(() => this.#read());
    this.#reading = read.catch(() => {
      this.#isOver = true;
    });
    return read.then(async (ready) => {
      if (ready === END) return END;
      return { element: await this.#work.run(ready.element), state: ready.state };
    });
  }

  async #read(): Promise<Ready<T> | typeof END> {
    if (this.#isOver) return END;
    const element = await this.#source.next();
    if (element !== END) return { element, state: this.#source.state() };
    this.#isOver = true;
    return END;
  }
}
