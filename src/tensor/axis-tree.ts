import { AntlerValueError, at } from '../util/errors.ts';
import { takeApart } from './tree.ts';

/**
 * An axis for every tensor of a value: one for all, or nested as the value is. null is none.
 */
export type Axes = number | null | readonly Axes[] | { readonly [name: string]: Axes };

/** One axis, or none, for each leaf of a value. @throws AntlerValueError where the nesting differs */
export function axisOfLeaves(axes: Axes, value: unknown, where: string): (number | null)[] {
  if (axes === null || typeof axes === 'number') return takeApart(value).leaves.map(() => axes);
  if (Array.isArray(axes) && Array.isArray(value) && axes.length === value.length) {
    return value.flatMap((item, i) => axisOfLeaves(at(axes as readonly Axes[], i), item, `${where}[${i}]`));
  }
  if (isRecord(axes) && isRecord(value) && sameNames(axes, value)) {
    return Object.entries(value).flatMap(([name, item]) =>
      axisOfLeaves(axes[name] ?? null, item, `${where}.${name}`),
    );
  }
  throw new AntlerValueError({
    where,
    expected: `an axis, null, or one of these for each of ${describe(value)}`,
    got: describe(axes),
  });
}

function isRecord(value: unknown): value is Record<string, Axes> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameNames(a: object, b: object): boolean {
  return Object.keys(a).sort().join() === Object.keys(b).sort().join();
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} items`;
  return isRecord(value) && Object.getPrototypeOf(value) === Object.prototype
    ? `{${Object.keys(value).join(', ')}}`
    : 'one tensor';
}
