import { AntlerValueError } from '../util/errors.ts';
import { shown } from '../util/shown.ts';
import { unknownName } from '../util/suggest.ts';
import type { Extents, Padding, SpatialRank } from './window.ts';

/** @throws AntlerValueError unless the option is a whole number of at least 1 */
export function requireWhole(value: number, option: string, where: string): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new AntlerValueError({ where, expected: `${option}, a whole number >= 1`, got: shown(value) });
}

const COUNTS = { 1: 'one whole number', 2: 'one or two whole numbers', 3: 'one or three whole numbers' };

/** @throws AntlerValueError unless the option is one whole number of at least 1, or one for each spatial axis */
export function requireExtents(
  value: Extents<readonly number[]>,
  rank: SpatialRank,
  { option, where }: { readonly option: string; readonly where: string },
): void {
  const list = Array.isArray(value) ? (value as readonly number[]) : [value];
  const fits = !Array.isArray(value) || value.length === rank;
  if (fits && list.every((n) => Number.isInteger(n) && Number(n) >= 1)) return;
  throw new AntlerValueError({
    where,
    expected: `${option}, ${COUNTS[rank]} >= 1`,
    got: shown(value),
  });
}

/** @throws AntlerValueError unless the option is a part, in [0, 1) */
export function requireRate(rate: number, option: string, where: string): void {
  if (typeof rate === 'number' && rate >= 0 && rate < 1) return;
  const fix = `it is the part that is left out: ${option}: 0.5 is one half`;
  throw new AntlerValueError({ where, expected: `${option} in [0, 1)`, got: shown(rate), fix });
}

/** @throws AntlerValueError for a padding it does not know */
export function requirePadding(padding: Padding, where: string): void {
  if (padding === 'valid' || padding === 'same') return;
  throw unknownName({ where, kind: 'a padding', name: String(padding), known: ['valid', 'same'] });
}
