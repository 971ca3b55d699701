import { at } from '../../util/errors.ts';

/** The middle value; of an even count the mean of the two in the middle. @param values at least one */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2;
}

/**
 * How many times as large the first values are as the second: the median over rounds of the ratio within a round, so
 * that a machine that slows down for a while slows both sides of a pair. Rounds that one side lacks are left out.
 */
export function pairedRatio(first: readonly number[], second: readonly number[]): number {
  const pairs = Math.min(first.length, second.length);
  return median(Array.from({ length: pairs }, (_, round) => at(first, round) / at(second, round)));
}
