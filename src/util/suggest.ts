import { suggestName } from './closest-name.ts';
import { AntlerValueError } from './errors.ts';
import { shown } from './shown.ts';

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
  if (typeof name !== 'string') throw notAName(table, name, { where, kind });
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  throw unknownName({ where, kind, name, known: Object.keys(table) });
}

/** The error for what is no name; a factory of the table itself was probably meant to be called. */
function notAName(
  table: Readonly<Record<string, unknown>>,
  given: unknown,
  { where, kind }: Pick<UnknownName, 'where' | 'kind'>,
): AntlerValueError {
  const [factory] = Object.entries(table).find(([, value]) => value === given) ?? [];
  const fix =
    factory === undefined ? `choose from ${Object.keys(table).join(', ')}` : `call it: ${factory}()`;
  return new AntlerValueError({ where, expected: `${kind}, or the name of one`, got: shown(given), fix });
}

/**
 * Checks that an object has no other options than the known ones.
 * @throws AntlerValueError that names the first stranger and the option probably meant
 */
export function requireKnownOptions(options: object, known: readonly string[], where: string): void {
  const stranger = Object.keys(options).find((name) => !known.includes(name));
  if (stranger !== undefined) throw unknownName({ where, kind: 'an option it knows', name: stranger, known });
}
