import { type Expr, k } from '../graph/kernel/expr.ts';
import { add, div, full, mul } from './arithmetic.ts';
import { unary } from './define.ts';
import { EXP_F32, EXP_F64, floatOf, LN2, LOG2_E, lowerExp, lowerLog } from './exponential.ts';

/** Beyond these the 1 no longer counts, above; below, nothing but the -1 does. */
const EXPM1_LIMIT = { f32: 30, f64: 60 };

/** e^r - 1 for |r| <= ln(2)/2, without the 1 that would swallow a small r. */
function expm1Reduced(r: Expr): Expr {
  const square = k.mul(r, r);
  if (floatOf(r) === 'f32') return k.mulAdd(square, k.polynomial(EXP_F32, r), r);
  const c = k.sub(r, k.mul(square, k.polynomial(EXP_F64, square)));
  return k.add(r, k.div(k.mul(r, c), k.sub(k.like(r, 2), c)));
}

/** e^x - 1 as an expression. */
export function lowerExpm1(x: Expr): Expr {
  const kind = floatOf(x);
  const limit = k.like(x, EXPM1_LIMIT[kind]);
  const clamped = k.min(k.max(x, k.neg(limit)), limit);
  const n = k.nearest(k.mul(clamped, k.like(x, LOG2_E)));
  const r = k.sub(k.sub(clamped, k.mul(n, k.like(x, LN2[kind].high))), k.mul(n, k.like(x, LN2[kind].low)));
  const power = k.powerOf2(x.register, k.convert('i32', n));
  const value = k.add(k.mul(power, expm1Reduced(r)), k.sub(power, k.like(x, 1)));
  return k.select(k.lt(limit, x), lowerExp(x), value);
}

/** e^x - 1, accurate near 0; <= 4 ulp. */
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

/** log(1 + x), accurate near 0; -infinity at -1, NaN below; <= 4 ulp. */
export const log1p = unary({
  name: 'log1p',
  accepts: 'float',
  reference: (x = 0) => Math.log1p(x),
  gradient: ({ x, cotangent }) => div(cotangent, add(x, full(x, 1))),
  lower: lowerLog1p,
});
