import { Tensor } from '../../tensor/tensor.ts';
import { AntlerDataError } from '../../util/errors.ts';

/** Makes one value of the values at one place of several elements. @param path the place: `[0].image` */
export type CombineLeaves = (leaves: readonly unknown[], path: string) => unknown;

/**
 * Puts elements of one structure together, place by place. Arrays are containers where they hold more than numbers
 * and where they are the element itself.
 * @throws AntlerDataError if the structures differ
 */
export function combineElements(elements: readonly unknown[], combine: CombineLeaves): Promise<unknown> {
  return combineAt(elements, combine, '');
}

async function combineAt(values: readonly unknown[], combine: CombineLeaves, path: string): Promise<unknown> {
  const first = values[0];
  if (isLeaf(first, path)) return combine(values, path);
  const keys = Object.keys(first as object);
  for (const [i, value] of values.entries()) requireKeys(value, first as object, keys, { i, path });
  const entries: (readonly [string, unknown])[] = [];
  for (const key of keys) {
    const parts = values.map((value) => (value as Record<string, unknown>)[key]);
    entries.push([
      key,
      await combineAt(parts, combine, `${path}${Array.isArray(first) ? `[${key}]` : `.${key}`}`),
    ]);
  }
  return Array.isArray(first) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** Whether a value is none that holds others. At the empty path an array always holds others. */
function isLeaf(value: unknown, path: string): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Tensor || ArrayBuffer.isView(value)) return true;
  if (Array.isArray(value)) return path !== '' && isNumeric(value);
  return 'data' in value && 'shape' in value;
}

/** Whether an array holds numbers and booleans only, however deep. */
export function isNumeric(value: readonly unknown[]): boolean {
  return value.every((item) =>
    Array.isArray(item) ? isNumeric(item) : typeof item === 'number' || typeof item === 'boolean',
  );
}

function requireKeys(
  value: unknown,
  first: object,
  keys: readonly string[],
  { i, path }: { readonly i: number; readonly path: string },
): void {
  const isAlike =
    typeof value === 'object' && value !== null && Array.isArray(value) === Array.isArray(first);
  const found = isAlike ? Object.keys(value) : [];
  if (isAlike && found.length === keys.length && keys.every((key) => Object.hasOwn(value, key))) return;
  throw new AntlerDataError({
    where: `batch, element ${i}${path}`,
    expected: Array.isArray(first)
      ? `${keys.length} parts, as element 0 has`
      : `the parts ${keys.join(', ')}`,
    got: isAlike ? found.join(', ') || 'none' : String(value),
  });
}
