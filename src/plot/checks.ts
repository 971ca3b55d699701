import { AntlerValueError } from '../util/errors.ts';
import type { Range } from './axis.ts';

/** @throws AntlerValueError if there is nothing to draw */
export function requireSome(where: string, count: number, what: string): void {
  if (count > 0) return;
  throw new AntlerValueError({ where, expected: `at least one of its ${what}`, got: 'none' });
}

/** @throws AntlerValueError if two lists that belong together have different lengths */
export function requireSameLength(
  where: string,
  names: readonly [string, string],
  a: number,
  b: number,
): void {
  if (a === b) return;
  throw new AntlerValueError({
    where,
    expected: `as many ${names[1]} as ${names[0]}`,
    got: `${a} ${names[0]} and ${b} ${names[1]}`,
  });
}

/** @throws AntlerValueError if the range is empty, not finite, or not positive on a logarithmic scale */
export function requireRange(where: string, [low, high]: Range, scale: 'linear' | 'log' = 'linear'): void {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high && (scale === 'linear' || low > 0)) return;
  const kind = scale === 'log' ? 'positive numbers' : 'numbers';
  throw new AntlerValueError({
    where,
    expected: `a range of two ${kind}, the smaller first`,
    got: `[${low}, ${high}]`,
  });
}
