/** What JSON can say, with any number: infinities, NaN and -0 as well. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of such values; keys without one are left out. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The key of an object that stands for a number which JSON has no word for. */
const NUMBER_KEY = '$number';

/** Text from which `parseExactJson` makes an equal value, each number to the bit. */
export function formatExactJson(value: Json): string {
  return JSON.stringify(value, (_key, part: Json) => {
    if (typeof part !== 'number' || (Number.isFinite(part) && !Object.is(part, -0))) return part;
    return { [NUMBER_KEY]: Object.is(part, -0) ? '-0' : String(part) };
  });
}

/**
 * The value of a text that `formatExactJson` wrote.
 * @returns undefined for a text that is no JSON; keys `__proto__` are left out
 */
export function parseExactJson(text: string): Json | undefined {
  try {
    return JSON.parse(text, revive);
  } catch {
    // Why the text is no JSON does not matter: the caller says what is wrong with its file.
    return undefined;
  }
}

function revive(key: string, part: Json): Json | undefined {
  if (key === '__proto__') return undefined; // leaves the key out
  if (!isJsonObject(part) || !(NUMBER_KEY in part)) return part;
  return Number(part[NUMBER_KEY]);
}

/** Whether a value is an object, not a list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
