/** Floats: exponents of the normal numbers, and bits after the point. */
const FORMAT = {
  float32: { lowest: -126, highest: 127, bits: 23 },
  float64: { lowest: -1022, highest: 1023, bits: 52 },
};

type Float = keyof typeof FORMAT;

/**
 * The distance of a result from the exact value, which may have more digits than `dtype`, in units in the last
 * place of the latter; infinite for a wrong NaN or sign of 0. Infinity counts as the number that comes next.
 */
function ulpsBetween(actual: number, exact: number, dtype: Float): number {
  const { lowest, highest, bits } = FORMAT[dtype];
  const rounded = dtype === 'float32' ? Math.fround(exact) : exact;
  if (Object.is(actual, rounded)) return 0;
  if (Number.isNaN(actual) || Number.isNaN(exact) || (actual === 0 && rounded === 0)) return Infinity;
  const exponent = Math.floor(Math.log2(Math.abs(exact)));
  const unit = 2 ** (Math.min(highest, Math.max(lowest, exponent)) - bits);
  if (Math.abs(exact) < 1 && Number.isFinite(actual)) return Math.abs(actual - exact) / unit;
  // in halves, since the number that comes after the largest is none
  const half = (x: number) => Math.max(-(2 ** highest), Math.min(2 ** highest, x / 2));
  return (Math.abs(half(actual) - half(exact)) / unit) * 2;
}

/** The place of the largest error, and the error. */
export function worstError(
  actual: ArrayLike<number>,
  exact: ArrayLike<number>,
  dtype: Float,
): { readonly ulps: number; readonly place: number } {
  let worst = { ulps: 0, place: 0 };
  for (let place = 0; place < actual.length; place++) {
    const ulps = ulpsBetween(actual[place] ?? Number.NaN, exact[place] ?? Number.NaN, dtype);
    if (ulps > worst.ulps) worst = { ulps, place };
  }
  return worst;
}
