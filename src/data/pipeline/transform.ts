import { AntlerDataError } from '../../util/errors.ts';
import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from './cursor.ts';
import { isPromise } from './maybe-promise.ts';
import { savedCount, savedParts } from './saved-state.ts';
import { type Source, sourceOf } from './source.ts';

/** Where an element stands: what a random change of it may depend on so that it can be repeated. */
export interface ElementContext {
  /** Pass over the data. */
  readonly epoch: number;
  /** Place in the pass, as the dataset before this step counts. */
  readonly index: number;
}

/** A function of an element; it may return a promise. */
export type Mapper<T, U> = (element: T, context: ElementContext) => U | Promise<U>;

/** In the place of an element that is left out. */
const LEFT_OUT = Symbol('left out');

/** Every element through a function. Random access stays. */
export function mapped<T, U>(source: Source<T>, map: Mapper<T, U>): Source<U> {
  const guarded = withPlace(map, 'Dataset.map');
  const { access, size } = source;
  if (!access) return transformed(source, guarded, size);
  return sourceOf({
    size: access.size,
    view: async (epoch) => {
      const view = await access.view(epoch);
      return {
        get(index) {
          const element = view.get(index);
          const context = { epoch, index };
          return isPromise(element)
            ? element.then((one) => guarded(one, context))
            : guarded(element, context);
        },
      };
    },
  });
}

/** The elements that a function says true of. */
export function filtered<T>(source: Source<T>, keep: Mapper<T, boolean>): Source<T> {
  const guarded = withPlace(keep, 'Dataset.filter');
  const step: Mapper<T, T | typeof LEFT_OUT> = async (element, context) =>
    (await guarded(element, context)) ? element : LEFT_OUT;
  return transformed(source, step, undefined);
}

/** Every element beside its place. */
export function placed<T>(source: Source<T>): Source<readonly [T, ElementContext]> {
  return transformed(source, (element, context) => [element, context] as const, source.size);
}

function transformed<T, U>(
  source: Source<T>,
  step: Mapper<T, U | typeof LEFT_OUT>,
  size: number | undefined,
): Source<U> {
  return {
    size,
    access: undefined,
    open(epoch, state) {
      if (state === undefined) return new TransformCursor(source.open(epoch), step, { epoch, index: 0 });
      const saved = savedParts(state, ['index', 'source'], 'iterate');
      const index = savedCount(saved.index, 'iterate');
      return new TransformCursor(source.open(epoch, saved.source), step, { epoch, index });
    },
  };
}

class TransformCursor<T, U> implements Cursor<U> {
  readonly #source: Cursor<T>;
  readonly #step: Mapper<T, U | typeof LEFT_OUT>;
  readonly #epoch: number;
  #index: number;

  constructor(source: Cursor<T>, step: Mapper<T, U | typeof LEFT_OUT>, { epoch, index }: ElementContext) {
    this.#source = source;
    this.#step = step;
    this.#epoch = epoch;
    this.#index = index;
  }

  async next(): Promise<U | typeof END> {
    for (;;) {
      const element = await this.#source.next();
      if (element === END) return END;
      const result = await this.#step(element, { epoch: this.#epoch, index: this.#index });
      this.#index++;
      if (result !== LEFT_OUT) return result;
    }
  }

  state(): Json {
    return { index: this.#index, source: this.#source.state() };
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}

function withPlace<T, U>(map: Mapper<T, U>, where: string): Mapper<T, U> {
  return (element, context) => {
    try {
      const result = map(element, context);
      if (!isPromise(result)) return result;
      return result.catch((cause: unknown) => {
        throw failedFunction(cause, context, where);
      });
    } catch (cause) {
      throw failedFunction(cause, context, where);
    }
  };
}

/** The error for a user's function that threw. */
export function failedFunction(
  cause: unknown,
  { epoch, index }: ElementContext,
  where: string,
): AntlerDataError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AntlerDataError(
    {
      where: `${where}, element ${index} of epoch ${epoch}`,
      expected: 'a function that takes this element',
      got: `the error '${reason}'`,
    },
    { cause },
  );
}
