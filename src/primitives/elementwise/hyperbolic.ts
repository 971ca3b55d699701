import { type Expr, k } from '../../graph/kernel/expr.ts';
import type { Node } from '../../graph/node.ts';
import { type Applicable, unary } from '../define.ts';
import { add, div, full, mul, sqrt, sub } from './arithmetic.ts';
import { lowerExp, lowerLog } from './exponential.ts';
import { lowerExpm1, lowerLog1p } from './near-one.ts';
import { floatOf } from './precision.ts';

/** e^x / 2, where e^x itself may be too large. */
function halfExp(x: Expr): Expr {
  const half = k.like(x, 0.5);
  const root = lowerExp(k.mul(x, half));
  return k.mul(k.mul(root, half), root);
}

/** From (e^x - 1) near 0, where e^x - e^-x would cancel. */
function lowerSinh(x: Expr): Expr {
  const one = k.like(x, 1);
  const e = lowerExpm1(x);
  const near = k.mul(k.like(x, 0.5), k.add(e, k.div(e, k.add(e, one))));
  const far = k.sub(halfExp(x), halfExp(k.neg(x)));
  return k.select(k.lt(k.abs(x), one), near, far);
}

/** The hyperbolic sine (e^x - e^-x) / 2; <= 4 ulp. */
export const sinh: Applicable<[x: Node]> = unary({
  name: 'sinh',
  accepts: 'float',
  reference: (x = 0) => Math.sinh(x),
  gradient: ({ x, cotangent }) => mul(cotangent, cosh(x)),
  lower: lowerSinh,
});

/** The hyperbolic cosine (e^x + e^-x) / 2; <= 4 ulp. */
export const cosh: Applicable<[x: Node]> = unary({
  name: 'cosh',
  accepts: 'float',
  reference: (x = 0) => Math.cosh(x),
  gradient: ({ x, cotangent }) => mul(cotangent, sinh(x)),
  lower: (x) => k.add(halfExp(x), halfExp(k.neg(x))),
});

/** Above it the square of a number would swallow 1 without a trace, and may overflow. */
const LARGE = { f32: 1e9, f64: 1e18 };

/** `small` for magnitudes up to LARGE, log(2 magnitude) above, where both agree to the last digit. */
function orLogOfTwice(magnitude: Expr, small: Expr): Expr {
  const large = k.add(lowerLog(magnitude), k.like(magnitude, Math.LN2));
  return k.select(k.lt(k.like(magnitude, LARGE[floatOf(magnitude)]), magnitude), large, small);
}

function withSignOf(x: Expr, magnitude: Expr): Expr {
  return k.select(k.lt(x, k.like(x, 0)), k.neg(magnitude), magnitude);
}

function lowerAsinh(x: Expr): Expr {
  const one = k.like(x, 1);
  const size = k.abs(x);
  const square = k.mul(size, size);
  const above = k.add(size, k.div(square, k.add(one, k.sqrt(k.add(square, one)))));
  return withSignOf(x, orLogOfTwice(size, lowerLog1p(above)));
}

/** The inverse of sinh; <= 4 ulp. */
export const asinh = unary({
  name: 'asinh',
  accepts: 'float',
  reference: (x = 0) => Math.asinh(x),
  gradient: ({ x, cotangent }) => div(cotangent, sqrt(add(mul(x, x), full(x, 1)))),
  lower: lowerAsinh,
});

function lowerAcosh(x: Expr): Expr {
  const one = k.like(x, 1);
  const above = k.sub(x, one);
  const value = lowerLog1p(k.add(above, k.sqrt(k.mul(above, k.add(x, one)))));
  return k.select(k.lt(x, one), k.like(x, Number.NaN), orLogOfTwice(x, value));
}

/** The inverse of cosh, >= 0; NaN below 1; <= 4 ulp. */
export const acosh = unary({
  name: 'acosh',
  accepts: 'float',
  reference: (x = 0) => Math.acosh(x),
  gradient: ({ x, cotangent }) => {
    const one = full(x, 1);
    return div(cotangent, sqrt(mul(sub(x, one), add(x, one))));
  },
  lower: lowerAcosh,
});

function lowerAtanh(x: Expr): Expr {
  const size = k.abs(x);
  const quotient = k.div(k.add(size, size), k.sub(k.like(x, 1), size));
  return withSignOf(x, k.mul(k.like(x, 0.5), lowerLog1p(quotient)));
}

/** The inverse of tanh; infinities at -1 and 1, NaN beyond; <= 4 ulp. */
export const atanh = unary({
  name: 'atanh',
  accepts: 'float',
  reference: (x = 0) => Math.atanh(x),
  gradient: ({ x, cotangent }) => {
    const one = full(x, 1);
    return div(cotangent, mul(sub(one, x), add(one, x)));
  },
  lower: lowerAtanh,
});
