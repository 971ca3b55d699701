import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END, skipElements } from './cursor.ts';
import { savedCount, savedParts } from './saved-state.ts';
import { type Source, sourceOf } from './source.ts';

/** The first elements only. Random access stays. */
export function taken<T>(source: Source<T>, count: number): Source<T> {
  const { access, size } = source;
  if (access) return sourceOf({ size: Math.min(count, access.size), view: (epoch) => access.view(epoch) });
  return {
    size: size === undefined ? undefined : Math.min(count, size),
    access: undefined,
    open: (epoch, state) => openCounted(TakeCursor, source, { epoch, state, count }),
  };
}

/** All but the first elements. Random access stays. */
export function skipped<T>(source: Source<T>, count: number): Source<T> {
  const { access, size } = source;
  if (!access) {
    return {
      size: size === undefined ? undefined : Math.max(0, size - count),
      access: undefined,
      open: (epoch, state) => openCounted(SkipCursor, source, { epoch, state, count }),
    };
  }
  const first = Math.min(count, access.size);
  return sourceOf({
    size: access.size - first,
    view: async (epoch) => {
      const { get, gather } = await access.view(epoch);
      return {
        get: (index) => get(first + index),
        ...(gather && { gather: (indices) => gather(indices.map((index) => first + index)) }),
      };
    },
  });
}

type CountedCursorClass = new <T>(source: Cursor<T>, left: number) => CountedCursor<T>;

function openCounted<T>(
  Counted: CountedCursorClass,
  source: Source<T>,
  {
    epoch,
    state,
    count,
  }: { readonly epoch: number; readonly state: Json | undefined; readonly count: number },
): Cursor<T> {
  if (state === undefined) return new Counted(source.open(epoch), count);
  const saved = savedParts(state, ['left', 'source'], 'iterate');
  return new Counted(source.open(epoch, saved.source), savedCount(saved.left, 'iterate'));
}

/** A cursor that treats so many elements in its own way. */
abstract class CountedCursor<T> implements Cursor<T> {
  protected readonly source: Cursor<T>;
  protected left: number;

  constructor(source: Cursor<T>, left: number) {
    this.source = source;
    this.left = left;
  }

  abstract next(): Promise<T | typeof END>;

  state(): Json {
    return { left: this.left, source: this.source.state() };
  }

  close(): Promise<void> {
    return this.source.close();
  }
}

class TakeCursor<T> extends CountedCursor<T> {
  override async next(): Promise<T | typeof END> {
    if (this.left === 0) return END;
    const element = await this.source.next();
    this.left--;
    return element;
  }
}

class SkipCursor<T> extends CountedCursor<T> {
  override async next(): Promise<T | typeof END> {
    const count = this.left;
    this.left = 0;
    await skipElements(this.source, count);
    return this.source.next();
  }
}
