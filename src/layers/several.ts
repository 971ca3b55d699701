import { at } from '../util/errors.ts';

/** One thing, or several in order or by name: what layers take and give. */
export type Several<T> = T | readonly T[] | { readonly [name: string]: T };

/** `Result` with every tensor in it replaced by a `T`. */
export type Mapped<Result, Item, T> = Result extends Item ? T : { readonly [Key in keyof Result]: T };

/** Several things as a list, and how to put others in their places. */
export interface Parts<T> {
  readonly items: readonly T[];
  /** The names, where the things came by name. */
  readonly names: readonly string[] | undefined;
  /** As many other things in the same form: alone, as a list, or by name. */
  rebuild<U>(items: readonly U[]): Several<U>;
}

/** Takes several things apart. @param isOne tells a thing from a list or a record of things */
export function partsOf<T>(value: Several<T>, isOne: (value: Several<T>) => boolean): Parts<T> {
  if (isOne(value)) {
    return { items: [value as T], names: undefined, rebuild: (items) => at(items, 0) };
  }
  if (Array.isArray(value)) return { items: value, names: undefined, rebuild: (items) => items };
  const names = Object.keys(value as object);
  return {
    items: Object.values(value as { readonly [name: string]: T }),
    names,
    rebuild: (items) => Object.fromEntries(names.map((name, i) => [name, at(items, i)])),
  };
}
