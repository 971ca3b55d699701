import { at } from '../util/errors.ts';

/**
 * The rate between whose neighbours the loss falls most; rates are equally spaced in their logarithms. Only new lows
 * count: after a jump at a rate that is too large already, the way back is steeper than any fall before.
 */
export function steepestFall(rates: readonly number[], losses: readonly number[]): number | null {
  let low = Number.POSITIVE_INFINITY;
  const lows = losses.map((loss) => {
    low = Math.min(low, loss);
    return low;
  });
  const falls = lows.slice(2).map((loss, i) => at(lows, i) - loss);
  const largest = Math.max(...falls);
  return largest > 0 ? at(rates, falls.indexOf(largest) + 1) : null;
}
