import { AntlerValueError } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import { asPair, type Padding, type Pair } from './window.ts';

/** @throws AntlerValueError unless the option is a whole number of at least 1 */
export function requireWhole(value: number, option: string, where: string): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new AntlerValueError({ where, expected: `${option}, a whole number >= 1`, got: String(value) });
}

/** @throws AntlerValueError unless the option is one or two whole numbers of at least 1 */
export function requirePair(value: Pair, option: string, where: string): void {
  const isPair = typeof value === 'number' || (Array.isArray(value) && value.length === 2);
  if (isPair && asPair(value).every((n) => Number.isInteger(n) && n >= 1)) return;
  const expected = `${option}, one or two whole numbers >= 1`;
  throw new AntlerValueError({
    where,
    expected,
    got: Array.isArray(value) ? `[${value.join(', ')}]` : String(value),
  });
}

/** @throws AntlerValueError for a padding it does not know */
export function requirePadding(padding: Padding, where: string): void {
  if (padding === 'valid' || padding === 'same') return;
  throw unknownName({ where, kind: 'a padding', name: String(padding), known: ['valid', 'same'] });
}
