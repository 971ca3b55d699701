import { maximumMargin } from '../../classic/index.ts';
import { tensor } from '../../ops/index.ts';
import { NumberStream } from '../../random/index.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';

/**
 * The share of all 2^points divisions of points in general position that a plane through the origin of a space of so many
 * dimensions makes: C(p, N) / 2^p with C(p, N) = 2 sum over i < N of binom(p - 1, i). Cover 1965.
 */
export function separableShare(points: number, dimensions: number): number {
  let term = 2 ** (1 - points);
  let sum = 0;
  for (let i = 0; i < dimensions && i < points; i++) {
    sum += term;
    term *= (points - 1 - i) / (i + 1);
  }
  return sum;
}

/** Measured shares for several numbers of points. */
export type CapacityCurve = {
  readonly dimensions: number;
  readonly trials: number;
  readonly points: number[];
  readonly shares: number[];
};

/** Draws normal points and random sides for them, and counts how often a plane parts them. */
export async function measureCapacity(
  seed: number,
  { dimensions, trials, points }: { dimensions: number; trials: number; points: readonly number[] },
  progress: Progress,
): Promise<CapacityCurve> {
  const shares: number[] = [];
  for (const count of points) {
    const stream = new NumberStream(seed, dimensions, count);
    let separable = 0;
    for (let trial = 0; trial < trials; trial++) {
      const rows = Float64Array.from({ length: count * dimensions }, () => stream.normal());
      const sides = Int32Array.from({ length: count }, () => 2 * stream.below(2) - 1);
      separable += Number(maximumMargin(tensor(rows, [count, dimensions]), sides).separable);
      if (trial % 64 === 0)
        await progress((shares.length + trial / trials) / points.length, `${count} points`);
    }
    shares.push(separable / trials);
  }
  return { dimensions, trials, points: [...points], shares };
}

/** How many standard errors the measured share lies from Cover's; none if both are exactly equal. */
export function standardErrors({ dimensions, trials, points, shares }: CapacityCurve, index: number): number {
  const expected = separableShare(at(points, index), dimensions);
  const difference = Math.abs(at(shares, index) - expected);
  return difference === 0 ? 0 : difference / Math.sqrt((expected * (1 - expected)) / trials);
}
