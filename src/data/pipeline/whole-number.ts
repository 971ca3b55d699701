import { AntlerValueError } from '../../util/errors.ts';

/** @throws AntlerValueError unless `value` is a whole number >= `least` */
export function requireWhole(value: number, name: string, where: string, least = 0): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new AntlerValueError({ where, expected: `${name}, a whole number >= ${least}`, got: `${value}` });
}
