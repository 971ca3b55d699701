import { linspace } from '../../ops/create.ts';
import { add, mul, neg } from '../../ops/math/arithmetic.ts';
import { exp } from '../../ops/math/math.ts';
import { logsumexp, sum } from '../../ops/reduce/reduce.ts';
import { meshgrid } from '../../ops/shape/grids.ts';
import { reshape, stack } from '../../ops/shape/shape.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** An energy of points of the plane: [count, 2] to [count]. */
export type Energy = (x: Tensor) => Tensor;

/** The square that is integrated over, and cells a side. */
export const PLANE = { from: -4, to: 4, cells: 256 } as const;

/** What the sum over a grid says of an energy. */
export interface GridDensity {
  /** Log of the integral of exp(-E). */
  readonly logZ: number;
  /** KL(truth || exp(-E) / Z), in nats. */
  readonly klDivergence: number;
  /** Energies, [cells, cells]; the first row is the least y. */
  readonly energies: Float32Array;
}

/**
 * Normalizes an energy by a sum over the plane, which only two dimensions allow, and compares it with a known density.
 * @param truth log density, [count, 2] to [count]
 */
export async function measureDensity(energy: Energy, truth: (x: Tensor) => Tensor): Promise<GridDensity> {
  const measure = jit(() => {
    const points = planePoints();
    const energies = energy(points);
    const area = ((PLANE.to - PLANE.from) / PLANE.cells) ** 2;
    const logZ = add(logsumexp(neg(energies)), Math.log(area));
    const density = truth(points);
    const logRatio = add(add(density, energies), logZ);
    return { logZ, energies, klDivergence: mul(sum(mul(exp(density), logRatio)), area) };
  });
  const { logZ, energies, klDivergence } = measure();
  return {
    logZ: await logZ.item(),
    klDivergence: await klDivergence.item(),
    energies: (await energies.data()) as Float32Array,
  };
}

/** Middles of the cells: [cells^2, 2], rows of equal y. */
function planePoints(): Tensor {
  const half = (PLANE.to - PLANE.from) / PLANE.cells / 2;
  const line = linspace(PLANE.from + half, PLANE.to - half, PLANE.cells);
  const [x, y] = meshgrid([line, line]);
  return reshape(stack([x as Tensor, y as Tensor], -1), [PLANE.cells ** 2, 2]);
}
