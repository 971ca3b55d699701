import { AntlerDataError } from '../util/errors.ts';
import { findDuplicateKey } from './duplicate-key.ts';

/** No model nests deeper, and what reads it walks down by recursion. */
const MAXIMUM_DEPTH = 300;

/**
 * Parses JSON that nobody vouches for: text in UTF-8, no key twice in an object, no `__proto__`, and not nested without
 * end.
 * @param file named in errors
 * @throws AntlerDataError
 */
export function parseJson(source: Uint8Array | string, file: string): unknown {
  const text = typeof source === 'string' ? source : decode(source, file);
  requireShallow(text, file);
  const value = parse(text, file);
  const duplicate = findDuplicateKey(text);
  if (duplicate) throw refused(file, 'distinct keys', `'${duplicate.key}' twice`);
  return value;
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refused(file, 'text in UTF-8', 'other bytes', cause);
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text, (key, value) => {
      if (key === '__proto__') throw refused(file, 'names of options', `the key '${key}'`);
      return value;
    });
  } catch (cause) {
    if (cause instanceof AntlerDataError) throw cause;
    throw refused(file, 'JSON', cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Counts brackets outside strings. */
function requireShallow(text: string, file: string): void {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (isInString && character === '\\') i++;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && (character === '{' || character === '[')) depth++;
    else if (!isInString && (character === '}' || character === ']')) depth--;
    if (depth > MAXIMUM_DEPTH) throw refused(file, `JSON of at most ${MAXIMUM_DEPTH} levels`, 'more');
  }
}

function refused(file: string, expected: string, got: string, cause?: unknown): AntlerDataError {
  return new AntlerDataError({ where: file, expected, got }, { cause });
}
