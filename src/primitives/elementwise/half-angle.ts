import { type Expr, k } from '../../graph/kernel/expr.ts';

/**
 * An odd function f between -1 and 1 by its "half angle" T: f = 2 T / (1 + T^2), T = x P(x^2) / Q(x^2).
 * Near 1, where a plain ratio rounds worst, f hardly depends on errors of T.
 */
export interface HalfAngle {
  /** Where f has reached 1 in single precision. */
  readonly limit: number;
  /** P and Q, from the highest power down; their common factor places the sums where rounding costs least. */
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

/** tanh, so that T is tanh(x / 2); fitted by test/golden/generate/half_angle.py; <= 3.5 ulp, fused or not. */
export const TANH: HalfAngle = {
  limit: 9,
  numerator: [0.00010573207, 0.0275333561, 0.924609363],
  denominator: [2.27659939e-6, 0.00223205844, 0.209168211, 1.84921873],
};

/** erf; fitted by test/golden/generate/half_angle.py; <= 4 ulp, fused or not. */
export const ERF: HalfAngle = {
  limit: 3.9,
  numerator: [0.0020671438, 0.0268197861, 0.245471701, 0.957359195],
  denominator: [0.00016067618, 0.00989702065, 0.0810333267, 0.460581571, 1.69687498],
};

/** f(x) in single precision as 2 N Q / (N^2 + Q^2), N = x P: exactly 1 beyond the limit, and never more. */
export function lowerHalfAngle({ limit, numerator, denominator }: HalfAngle, x: Expr): Expr {
  const clamped = k.max(k.min(x, k.like(x, limit)), k.like(x, -limit));
  const square = k.mul(clamped, clamped);
  const n = k.mul(clamped, k.polynomial(numerator, square));
  const q = k.polynomial(denominator, square);
  const product = k.mul(n, q);
  const ratio = k.div(k.add(product, product), k.mulAdd(q, q, k.mul(n, n)));
  return k.max(k.min(ratio, k.like(x, 1)), k.like(x, -1));
}
