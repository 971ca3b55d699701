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

/** Numbers of a stored state. @throws AntlerDataError */
export function storedNumbers(value: Json | undefined, name: string, where: string): number[] {
  const isNumber = (item: Json): item is number => typeof item === 'number';
  if (Array.isArray(value) && value.every(isNumber)) return [...value];
  throw wrongState(where, `a list of numbers, ${name}`);
}

/** An object in a stored state. @throws AntlerDataError */
export function storedObject(value: Json | undefined, name: string, where: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw wrongState(where, `an object, ${name}`);
}

function wrongState(where: string, expected: string): AntlerDataError {
  return new AntlerDataError({ where, expected, got: 'a state without it' });
}
