import { AntlerValueError } from '../util/errors.ts';

/**
 * One threshold or several as a list.
 * @throws AntlerValueError for none, and for those outside [0, 1]
 */
export function thresholdList(
  given: number | readonly number[] | undefined,
  fallback: number,
  where: string,
): readonly number[] {
  if (given === undefined) return [fallback];
  const list = typeof given === 'number' ? [given] : given;
  const stranger = list.find((threshold) => !(threshold >= 0 && threshold <= 1));
  if (list.length > 0 && stranger === undefined) return list;
  throw new AntlerValueError({
    where,
    expected: 'thresholds in [0, 1]',
    got: list.length === 0 ? 'none' : String(stranger),
  });
}

/**
 * Thresholds from 0 to 1 at equal distances.
 * @throws AntlerValueError unless there are at least `least`, a whole number
 */
export function evenThresholds(count: number, least: number, where: string): readonly number[] {
  if (!Number.isInteger(count) || count < least) {
    throw new AntlerValueError({
      where,
      expected: `a whole number numThresholds, at least ${least}`,
      got: String(count),
    });
  }
  return count === 1 ? [0.5] : Array.from({ length: count }, (_, i) => i / (count - 1));
}
