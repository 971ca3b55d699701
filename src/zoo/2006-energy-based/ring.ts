import { tensor } from '../../ops/create.ts';
import { take } from '../../ops/index/take.ts';
import { add, mul, square, sub } from '../../ops/math/arithmetic.ts';
import { logsumexp, sum } from '../../ops/reduce/reduce.ts';
import { expandDims } from '../../ops/shape/shape.ts';
import { normal, randint } from '../../random/distributions.ts';
import { split } from '../../random/keys.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';

/** Eight equal Gaussians on a circle; half way between two of them the density is a fiftieth. */
export const RING = { modes: 8, radius: 2, deviation: 0.25 } as const;

/** Middles of the modes, [modes, 2]. */
const CENTRES = Array.from({ length: RING.modes }, (_, mode) => {
  const angle = (2 * Math.PI * mode) / RING.modes;
  return [RING.radius * Math.cos(angle), RING.radius * Math.sin(angle)] as const;
});

/** Points of the ring: [count, 2]. */
export function ringPoints(key: Tensor, count: number): Tensor {
  const [forMode, forPlace] = split(key);
  const centres = take(tensor(CENTRES), randint(forMode, [count], 0, RING.modes));
  return add(centres, mul(normal(forPlace, [count, 2]), RING.deviation));
}

/** Log density of the ring: [..., 2] to [...]. */
export function ringLogDensity(x: Tensor): Tensor {
  const squares = sum(square(sub(expandDims(x, -2), tensor(CENTRES))), -1);
  const logarithms = mul(squares, -1 / (2 * RING.deviation ** 2));
  return sub(logsumexp(logarithms, -1), Math.log(RING.modes * 2 * Math.PI * RING.deviation ** 2));
}

/** How points lie about the modes. */
export interface ModeCounts {
  /** Share of the points within three deviations of each mode. */
  readonly shares: readonly number[];
  /** Share within three deviations of any mode. */
  readonly near: number;
}

/** @param points [count, 2] in row-major order */
export function countModes(points: ArrayLike<number>): ModeCounts {
  const count = points.length / 2;
  const found = CENTRES.map(() => 0);
  for (let i = 0; i < count; i++) {
    const [x, y] = [at(points, 2 * i), at(points, 2 * i + 1)];
    const mode = CENTRES.findIndex(([cx, cy]) => Math.hypot(x - cx, y - cy) <= 3 * RING.deviation);
    if (mode >= 0) found[mode] = at(found, mode) + 1;
  }
  const shares = found.map((one) => one / count);
  return { shares, near: shares.reduce((a, b) => a + b, 0) };
}
