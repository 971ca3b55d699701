import { div, square, sub } from '../../ops/math/arithmetic.ts';
import { mean } from '../../ops/reduce/reduce.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { median } from '../../util/median.ts';

/** Share of the values that are at least so large. */
export function shareFrom(values: ArrayLike<number>, least: number): number {
  return Array.from(values).filter((value) => value >= least).length / values.length;
}

/** Shares of the orientations nearest to 0, pi/8, 2 pi/8 ... 7 pi/8; half a turn changes none. */
export function orientationShares(orientations: ArrayLike<number>): number[] {
  const shares = new Array<number>(BINS).fill(0);
  for (const angle of Array.from(orientations)) {
    const bin = ((Math.round((angle / Math.PI) * BINS) % BINS) + BINS) % BINS;
    shares[bin] = (shares[bin] as number) + 1 / orientations.length;
  }
  return shares;
}

const BINS = 8;

/** Fourth moment over the squared variance of each column, and of these the median: 3 for normal responses. */
export async function medianKurtosis(responses: Tensor): Promise<number> {
  const kurtoses = jit((x: Tensor) => {
    const squares = square(sub(x, mean(x, { axis: 0 })));
    return div(mean(square(squares), { axis: 0 }), square(mean(squares, { axis: 0 })));
  })(responses);
  return median(Array.from(await kurtoses.data(), Number));
}
