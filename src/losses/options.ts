import { AntlerValueError } from '../util/errors.ts';

/** @throws AntlerValueError unless low <= value <= high */
export function requireWithin(
  value: number,
  [low, high]: readonly [number, number],
  option: string,
  where: string,
): void {
  if (value >= low && value <= high) return;
  throw new AntlerValueError({ where, expected: `${option} in [${low}, ${high}]`, got: String(value) });
}

/** @throws AntlerValueError unless value >= low */
export function requireAtLeast(value: number, low: number, option: string, where: string): void {
  if (value >= low) return;
  throw new AntlerValueError({ where, expected: `${option}, at least ${low}`, got: String(value) });
}
