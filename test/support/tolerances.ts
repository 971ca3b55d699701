import { type DType, isFloat } from '../../src/util/dtypes.ts';

/** How far two computations of the same value may be apart, relative to the larger of 1 and its size. */
const RELATIVE: Partial<Record<DType, number>> = {
  // some roundings of 2^-24 in a row, and different orders of summation
  float32: 4e-6,
  float64: 1e-12,
};

/** A gradient in double precision against central differences with a step of 2^-17. */
export const GRADIENT_TOLERANCE = 2e-7;

/** The bound on elementwise functions that their documentation states, in units in the last place. */
export const ULPS = 4;

/** The place of the first element that is not close to the expected one, or -1. Not-a-numbers are alike. */
export function firstDifference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  dtype: DType,
): number {
  const relative = isFloat(dtype) ? (RELATIVE[dtype] ?? 0) : 0;
  return Array.from(expected).findIndex((want, i) => {
    const got = actual[i] ?? Number.NaN;
    if (got === want || (Number.isNaN(got) && Number.isNaN(want))) return false;
    return !(Math.abs(got - want) <= relative * Math.max(1, Math.abs(want)));
  });
}
