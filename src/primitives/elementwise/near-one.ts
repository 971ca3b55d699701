import { type Expr, k } from '../../graph/kernel/expr.ts';
import { unary } from '../define.ts';
import { add, div, full, mul } from './arithmetic.ts';
import { expm1Reduced, reduceByLn2 } from './exp-reduction.ts';
import { lowerLog } from './exponential.ts';
import { floatOf } from './precision.ts';

/** Above, the result is infinite; below, it is -1. */
const EXPM1_RANGE = { f32: { low: -30, high: 89 }, f64: { low: -60, high: 710 } };

/** e^x - 1 as an expression: 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)), since 2^n may be too large. */
export function lowerExpm1(x: Expr): Expr {
  const { low, high } = EXPM1_RANGE[floatOf(x)];
  const { n, r } = reduceByLn2(k.min(k.max(x, k.like(x, low)), k.like(x, high)));
  const power = k.powerOf2(x.register, k.sub(n, k.int(1)));
  const half = k.mulAdd(power, expm1Reduced(r), k.sub(power, k.like(x, 0.5)));
  // the sum above has lost the sign of 0
  return k.select(k.eq(x, k.like(x, 0)), x, k.add(half, half));
}

/** e^x - 1, accurate near 0, whose sign it keeps; <= 3 ulp. */
export const expm1 = unary({
  name: 'expm1',
  accepts: 'float',
  reference: (x = 0) => Math.expm1(x),
  gradient: ({ output, cotangent }) => mul(cotangent, add(output, full(output, 1))),
  lower: lowerExpm1,
});

/** log(u) x / (u - 1) with u = 1 + x as rounded: both errors of u cancel (Kahan, in the HP-15C handbook). */
export function lowerLog1p(x: Expr): Expr {
  const one = k.like(x, 1);
  const u = k.add(one, x);
  const corrected = k.mul(lowerLog(u), k.div(x, k.sub(u, one)));
  const finite = k.select(k.eq(u, one), x, corrected);
  return k.select(k.eq(x, k.like(x, Infinity)), x, finite);
}

/** log(1 + x), accurate near 0; -infinity at -1, NaN below; <= 3 ulp. */
export const log1p = unary({
  name: 'log1p',
  accepts: 'float',
  reference: (x = 0) => Math.log1p(x),
  gradient: ({ x, cotangent }) => div(cotangent, add(x, full(x, 1))),
  lower: lowerLog1p,
});
