import { type Expr, k } from '../../graph/kernel/expr.ts';
import { floatOf } from './precision.ts';

/** ln 2 in two parts: n * high is exact for every exponent n, low restores the lost bits (Cody & Waite 1980). */
export const LN2 = {
  f32: { high: 0.693359375, low: -2.1219444e-4 },
  f64: { high: 6.9314718036912381649e-1, low: 1.90821492927058770002e-10 },
};

/** (exp(r) - 1 - r) / r^2 on |r| <= ln(2)/2, single precision (Cephes expf). */
const EXP_F32 = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
];

/** (r - c) / r^2 in r^2, where exp(r) = 1 + r + r c / (2 - c), |r| <= ln(2)/2, double precision (fdlibm e_exp). */
const EXP_F64 = [
  4.13813679705723846039e-8, -1.6533902205465251539e-6, 6.61375632143793436117e-5, -2.77777777770155933842e-3,
  1.66666666666666019037e-1,
];

/** Added to a smaller float32, it leaves no bits for a fraction; the last bits are then the integer. */
const ROUNDER = 1.5 * 2 ** 23;
const ROUNDER_BITS = 0x4b400000;

/** The integer nearest to x * factor, as a float and as an i32; in single precision below 2^22. */
export function nearestInteger(x: Expr, factor: number): { readonly value: Expr; readonly integer: Expr } {
  if (floatOf(x) === 'f64') {
    // 0 without sign, as the sum below gives it: what is left of -0 then keeps its own
    const value = k.add(k.nearest(k.mul(x, k.like(x, factor))), k.like(x, 0));
    return { value, integer: k.convert('i32', value) };
  }
  // two cheap steps for what is many instructions with `nearest` and `convert`
  const shifted = k.mulAdd(x, k.like(x, factor), k.like(x, ROUNDER));
  return { value: k.sub(shifted, k.like(x, ROUNDER)), integer: k.sub(k.bits(shifted), k.int(ROUNDER_BITS)) };
}

/** x = n ln 2 + r with |r| <= ln(2)/2; n is an i32. */
export function reduceByLn2(x: Expr): { readonly n: Expr; readonly r: Expr } {
  const { high, low } = LN2[floatOf(x)];
  const { value, integer } = nearestInteger(x, Math.LOG2E);
  const most = k.mulAdd(value, k.like(x, -high), x);
  return { n: integer, r: k.mulAdd(value, k.like(x, -low), most) };
}

/** e^r - 1 for |r| <= ln(2)/2, exact to the last places near 0. */
export function expm1Reduced(r: Expr): Expr {
  const square = k.mul(r, r);
  if (floatOf(r) === 'f32') return k.mulAdd(square, k.polynomial(EXP_F32, r), r);
  const c = k.sub(r, k.mul(square, k.polynomial(EXP_F64, square)));
  return k.add(r, k.div(k.mul(r, c), k.sub(k.like(r, 2), c)));
}

/** e^r for |r| <= ln(2)/2. */
export function expReduced(r: Expr): Expr {
  return k.add(expm1Reduced(r), k.like(r, 1));
}

/** x 2^n with gradual underflow. */
export function scaleByPowerOf2(x: Expr, n: Expr): Expr {
  // two factors, since 2^n itself may be outside the normal range
  const half = k.shiftRight(n, k.int(1));
  const scaled = k.mul(x, k.powerOf2(x.register, half));
  return k.mul(scaled, k.powerOf2(x.register, k.sub(n, half)));
}
