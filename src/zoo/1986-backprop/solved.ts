import { at } from '../../util/errors.ts';
import { median } from '../../util/median.ts';
import { BITS, type SymmetryResult } from './symmetry.ts';

/** Share of networks that had solved their task before so many sweeps. */
export function solvedBy(solvedAt: Int32Array, sweeps: number): number {
  return solvedAt.filter((sweep) => sweep >= 0 && sweep <= sweeps).length / solvedAt.length;
}

/** The sweep at which the median of the solved networks was there; NaN if there is none. */
export function medianSweep(solvedAt: Int32Array): number {
  return median([...solvedAt].filter((sweep) => sweep >= 0));
}

/** The form of the paper's solution in the networks that found one. */
export interface SymmetryForm {
  /** Of all mirrored pairs the largest |w + w'| as a share of their mean size. */
  readonly worstCancelling: number;
  /** Of sizes sorted within each unit, larger to next smaller. */
  readonly ratios: readonly number[];
}

/** Looks at the weights of all solved networks. */
export function symmetryForm({ hidden, solvedAt }: SymmetryResult): SymmetryForm {
  const ratios: number[] = [];
  let worstCancelling = 0;
  solvedAt.forEach((sweep, network) => {
    if (sweep < 0) return;
    for (const unit of unitsOf(hidden, network)) {
      const pairs = [0, 1, 2].map((i) => [at(unit, i), at(unit, BITS - 1 - i)] as const);
      const sizes = pairs.map(([w, mirrored]) => (Math.abs(w) + Math.abs(mirrored)) / 2);
      const rests = pairs.map(([w, mirrored], i) => Math.abs(w + mirrored) / at(sizes, i));
      worstCancelling = Math.max(worstCancelling, ...rests);
      const [small = 0, middle = 0, large = 0] = sizes.toSorted((a, b) => a - b);
      ratios.push(middle / small, large / middle);
    }
  });
  return { worstCancelling, ratios };
}

/** The six weights into each hidden unit of a network. */
export function unitsOf(hidden: Float32Array, network: number): number[][] {
  const size = 2 * BITS;
  return [0, 1].map((unit) =>
    Array.from({ length: BITS }, (_, bit) => at(hidden, network * size + 2 * bit + unit)),
  );
}
