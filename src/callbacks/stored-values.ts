import { AntlerDataError } from '../util/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../util/exact-json.ts';

/** The kinds of values that states consist of. */
interface Kinds {
  readonly number: number;
  readonly boolean: boolean;
  readonly string: string;
}

/** A value of a stored state. @param where names the state in errors @throws AntlerDataError if it is of another kind */
export function storedValue<Kind extends keyof Kinds>(
  values: JsonObject,
  name: string,
  kind: Kind,
  where: string,
): Kinds[Kind] {
  const value = values[name];
  if (Object.hasOwn(values, name) && typeof value === kind) return value as unknown as Kinds[Kind];
  throw wrongState(where, `a ${kind}, ${name}`);
}

/** A number of a stored state, or undefined where null is stored. @throws AntlerDataError */
export function storedOptionalNumber(values: JsonObject, name: string, where: string): number | undefined {
  return values[name] === null ? undefined : storedValue(values, name, 'number', where);
}

/** A list of a stored state. @throws AntlerDataError unless all of it is of a kind */
export function storedList<Kind extends keyof Kinds>(
  values: JsonObject,
  name: string,
  kind: Kind,
  where: string,
): Kinds[Kind][] {
  const list = Object.hasOwn(values, name) ? values[name] : undefined;
  if (Array.isArray(list) && list.every((item) => typeof item === kind)) return [...list];
  throw wrongState(where, `a list of ${kind}s, ${name}`);
}

/** A whole number >= 0 of a stored state. @throws AntlerDataError */
export function storedCount(values: JsonObject, name: string, where: string): number {
  const count = storedValue(values, name, 'number', where);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw wrongState(where, `a whole number >= 0, ${name}`);
}

/** An object in a stored state. @throws AntlerDataError */
export function storedObject(value: Json | undefined, name: string, where: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw wrongState(where, `an object, ${name}`);
}

function wrongState(where: string, expected: string): AntlerDataError {
  return new AntlerDataError({ where, expected, got: 'a state without it' });
}
