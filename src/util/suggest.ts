import { suggestName } from './closest-name.ts';
import { AntlerValueError } from './errors.ts';

interface UnknownName {
  readonly where: string;
  /** What the name should have named, with its article: `an activation`. */
  readonly kind: string;
  readonly name: string;
  readonly known: readonly string[];
}

/** The error for a name that is not known; says which one was probably meant, or lists them. */
export function unknownName({ where, kind, name, known }: UnknownName): AntlerValueError {
  return new AntlerValueError({ where, expected: kind, got: `'${name}'`, fix: suggestName(name, known) });
}

/**
 * The entry of a table that a user's name means.
 * @throws AntlerValueError for a name that is not in the table, with the one probably meant
 */
export function lookUp<T>(
  table: Readonly<Record<string, T>>,
  name: string,
  { where, kind }: Pick<UnknownName, 'where' | 'kind'>,
): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  throw unknownName({ where, kind, name: String(name), known: Object.keys(table) });
}

/**
 * Checks that an object has no other options than the known ones.
 * @throws AntlerValueError that names the first stranger and the option probably meant
 */
export function requireKnownOptions(options: object, known: readonly string[], where: string): void {
  const stranger = Object.keys(options).find((name) => !known.includes(name));
  if (stranger !== undefined) throw unknownName({ where, kind: 'an option it knows', name: stranger, known });
}
