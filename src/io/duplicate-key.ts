/** A key that an object has twice. */
export interface DuplicateKey {
  readonly key: string;
  /** Index of the second key's opening quote in the text. */
  readonly index: number;
}

/**
 * The first key that occurs twice in one object, of which `JSON.parse` silently keeps the last.
 * @param json a text that `JSON.parse` accepts
 */
export function findDuplicateKey(json: string): DuplicateKey | undefined {
  const open: Set<string>[] = [];
  for (let index = 0; index < json.length; index++) {
    const character = json[index];
    if (character === '{') open.push(new Set());
    else if (character === '}') open.pop();
    else if (character === '"') {
      const end = endOfString(json, index);
      if (isKey(json, end)) {
        const key = JSON.parse(json.slice(index, end)) as string; // one key can be spelt with different escapes
        if (open.at(-1)?.has(key)) return { key, index };
        open.at(-1)?.add(key);
      }
      index = end - 1;
    }
  }
  return undefined;
}

/** The index after the closing quote. */
function endOfString(json: string, start: number): number {
  let index = start + 1;
  while (json[index] !== '"') index += json[index] === '\\' ? 2 : 1;
  return index + 1;
}

const COLON_FOLLOWS = /\s*:/y;

function isKey(json: string, end: number): boolean {
  COLON_FOLLOWS.lastIndex = end;
  return COLON_FOLLOWS.test(json);
}
