import { AntlerValueError } from '../util/errors.ts';
import { shown } from '../util/shown.ts';
import { unknownName } from '../util/suggest.ts';

/** One thing for all outputs, or one for each: in their order, or by name. */
export type PerOutput<T> = T | readonly (T | null)[] | { readonly [output: string]: T | null };

interface Outputs {
  readonly names: readonly string[];
  /** The option, for messages. */
  readonly where: string;
}

/** What is said of each output, null where nothing is. @throws AntlerValueError for other outputs than there are */
export function distribute<T>(
  value: PerOutput<T>,
  isOne: (value: PerOutput<T>) => boolean,
  { names, where }: Outputs,
): (T | null)[] {
  if (isOne(value)) return names.map(() => value as T);
  if (Array.isArray(value)) {
    if (value.length === names.length) return value as (T | null)[];
    throw new AntlerValueError({
      where,
      expected: `one for each of the outputs (${names.join(', ')})`,
      got: `${value.length}`,
    });
  }
  if (typeof value !== 'object' || value === null) {
    throw new AntlerValueError({
      where,
      expected: 'one for all outputs, a list, or one by the name of each',
      got: shown(value),
    });
  }
  const byName = value as { readonly [output: string]: T | null };
  const stranger = Object.keys(byName).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw unknownName({ where, kind: 'the name of an output', name: stranger, known: names });
  return names.map((name) => byName[name] ?? null);
}
