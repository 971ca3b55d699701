import { at } from '../../util/errors.ts';
import { median } from '../../util/median.ts';

/**
 * How many times as large the first values are as the second: the median over rounds of the ratio within a round, so
 * that a machine that slows down for a while slows both sides of a pair. Rounds that one side lacks are left out.
 */
export function pairedRatio(first: readonly number[], second: readonly number[]): number {
  const pairs = Math.min(first.length, second.length);
  return median(Array.from({ length: pairs }, (_, round) => at(first, round) / at(second, round)));
}
