import { at } from '../util/errors.ts';

/** Rates on either side of a fall, as a part of all rates: so much of the noise of single batches averages out. */
const WINDOW = 1 / 40;

/**
 * The rate around which the loss falls most; rates are equally spaced in their logarithms. Only new lows count: after a
 * jump at a rate that is too large already, the way back is steeper than any fall before.
 * @returns null if the loss never falls
 */
export function steepestFall(rates: readonly number[], losses: readonly number[]): number | null {
  let low = Number.POSITIVE_INFINITY;
  const lows = losses.map((loss) => {
    low = Math.min(low, loss);
    return low;
  });
  const reach = Math.max(1, Math.round(rates.length * WINDOW));
  const falls = lows.slice(2 * reach).map((loss, i) => at(lows, i) - loss);
  const largest = Math.max(...falls);
  return largest > 0 ? at(rates, falls.indexOf(largest) + reach) : null;
}
