import { type Expr, k } from '../../graph/kernel/expr.ts';
import { unary } from '../define.ts';
import { div, full, mul, sub } from './arithmetic.ts';
import { expReduced, LN2, reduceByLn2, scaleByPowerOf2 } from './exp-reduction.ts';
import { lowerHalfAngle, TANH } from './half-angle.ts';
import { floatOf } from './precision.ts';

/** Beyond these the result is certainly infinite or zero. */
const EXP_RANGE = { f32: { low: -104, high: 89 }, f64: { low: -746, high: 710 } };

/** e^x as an expression: <= 2 ulp, gradual underflow, infinity above the range, NaN of NaN. */
export function lowerExp(x: Expr): Expr {
  const { low, high } = EXP_RANGE[floatOf(x)];
  const { n, r } = reduceByLn2(k.min(k.max(x, k.like(x, low)), k.like(x, high)));
  return scaleByPowerOf2(expReduced(r), n);
}

/** (log(1 + z) - z + z^2 / 2) / z^3 for 1/sqrt(2) <= 1 + z < sqrt(2), single precision (Cephes logf). */
const LOG_F32 = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];

/** (log(1 + f) - log series) in s^2, s = f / (2 + f), double precision (fdlibm e_log). */
const LOG_F64 = [
  1.479819860511658591e-1, 1.531383769920937332e-1, 1.818357216161805012e-1, 2.222219843214978396e-1,
  2.857142874366239149e-1, 3.999999999940941908e-1, 6.66666666666673513e-1,
];

/** Smallest normal number, and the power of two that lifts subnormals above it. */
const LIFT = { f32: { normal: 2 ** -126, bits: 24 }, f64: { normal: 2 ** -1022, bits: 54 } };

/** log(1 + z) + e ln 2 for a reduced z. */
function logReduced(z: Expr, e: Expr): Expr {
  const kind = floatOf(z);
  const low = k.mul(e, k.like(z, LN2[kind].low));
  const square = k.mul(z, z);
  if (kind === 'f32') {
    const tail = k.mulAdd(k.mul(square, z), k.polynomial(LOG_F32, z), low);
    return k.mulAdd(e, k.like(z, LN2.f32.high), k.add(z, k.mulAdd(square, k.like(z, -0.5), tail)));
  }
  const halfSquare = k.mul(square, k.like(z, 0.5));
  const s = k.div(z, k.add(k.like(z, 2), z));
  const squareOfS = k.mul(s, s);
  const series = k.mul(squareOfS, k.polynomial(LOG_F64, squareOfS));
  const correction = k.add(k.mul(s, k.add(halfSquare, series)), low);
  return k.sub(k.mul(e, k.like(z, LN2.f64.high)), k.sub(k.sub(halfSquare, correction), z));
}

/** x = m 2^e of a normal positive x; e is an i32. */
interface Split {
  readonly m: Expr;
  readonly e: Expr;
}

/** The bits of sqrt(1/2), and those of sign and exponent. */
const ROOT_HALF_BITS = 0x3f3504f3;
const EXPONENT_BITS = -0x800000;

/** With 1/sqrt(2) <= m < sqrt(2). */
function splitNormal(x: Expr): Split {
  if (floatOf(x) === 'f32') {
    const bits = k.bits(x);
    const steps = k.and(k.sub(bits, k.int(ROOT_HALF_BITS)), k.int(EXPONENT_BITS));
    return { m: k.fromBits(k.sub(bits, steps)), e: k.shiftRight(steps, k.int(23)) };
  }
  const mantissa = k.mantissa(x);
  const isLarge = k.lt(k.like(x, Math.SQRT2), mantissa);
  const m = k.select(isLarge, k.mul(mantissa, k.like(x, 0.5)), mantissa);
  return { m, e: k.add(k.exponent(x), k.select(isLarge, k.int(1), k.int(0))) };
}

/** x = m 2^e of a positive x, subnormal or not, with 1/sqrt(2) <= m < sqrt(2). */
export function splitPositive(x: Expr): Split {
  const { normal, bits } = LIFT[floatOf(x)];
  const isTiny = k.lt(x, k.like(x, normal));
  const { m, e } = splitNormal(k.select(isTiny, k.mul(x, k.like(x, 2 ** bits)), x));
  return { m, e: k.sub(e, k.select(isTiny, k.int(bits), k.int(0))) };
}

/** ln x as an expression: <= 2 ulp; -infinity at 0, NaN below. */
export function lowerLog(x: Expr): Expr {
  const { m, e } = splitPositive(x);
  const finite = logReduced(k.sub(m, k.like(x, 1)), k.convert(x.register, e));
  const positive = k.select(k.lt(x, k.like(x, Infinity)), finite, x);
  const zero = k.like(x, 0);
  const defined = k.select(k.eq(x, zero), k.like(x, -Infinity), positive);
  return k.select(k.lt(x, zero), k.like(x, NaN), defined);
}

/** e to the power of x; <= 2 ulp. */
export const exp = unary({
  name: 'exp',
  accepts: 'float',
  reference: (x = 0) => Math.exp(x),
  gradient: ({ output, cotangent }) => mul(cotangent, output),
  lower: lowerExp,
});

/** The natural logarithm; -infinity at 0, NaN below; <= 2 ulp. */
export const log = unary({
  name: 'log',
  accepts: 'float',
  reference: (x = 0) => Math.log(x),
  gradient: ({ x, cotangent }) => div(cotangent, x),
  lower: lowerLog,
});

/** 1 / (1 + e^-x) as 2^-h / (2^-h + e^r 2^(n - h)), h = n / 2, which neither overflows nor loses a tiny result. */
function lowerSigmoid(x: Expr): Expr {
  const { low, high } = EXP_RANGE[floatOf(x)];
  const { n, r } = reduceByLn2(k.neg(k.min(k.max(x, k.like(x, low)), k.like(x, high))));
  const half = k.shiftRight(n, k.int(1));
  const one = k.powerOf2(x.register, k.neg(half));
  return k.div(one, k.mulAdd(expReduced(r), k.powerOf2(x.register, k.sub(n, half)), one));
}

/** 1 / (1 + e^-x) in [0, 1]; <= 3 ulp, gradual underflow. */
export const sigmoid = unary({
  name: 'sigmoid',
  accepts: 'float',
  reference: (x = 0) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  gradient: ({ output, cotangent }) => mul(cotangent, mul(output, sub(full(output, 1), output))),
  lower: lowerSigmoid,
});

/** x + x^3 P(x^2) / Q(x^2) for |x| < 0.625, double precision (Cephes tanh). */
const TANH_F64 = {
  small: 0.625,
  p: [-9.64399179425052238628e-1, -9.92877231001918586564e1, -1.61468768441708447952e3],
  q: [1, 1.12811678491632931402e2, 2.23548839060100448583e3, 4.84406305325125486048e3],
};

function lowerTanh(x: Expr): Expr {
  if (floatOf(x) === 'f32') return lowerHalfAngle(TANH, x);
  const magnitude = k.abs(x);
  const square = k.mul(x, x);
  const ratio = k.div(k.polynomial(TANH_F64.p, square), k.polynomial(TANH_F64.q, square));
  const one = k.like(x, 1);
  // the factor form keeps the sign of 0
  const inner = k.mul(x, k.mulAdd(square, ratio, one));
  const outer = k.sub(one, k.div(k.like(x, 2), k.add(lowerExp(k.add(magnitude, magnitude)), one)));
  const signed = k.select(k.lt(x, k.like(x, 0)), k.neg(outer), outer);
  return k.select(k.lt(magnitude, k.like(x, TANH_F64.small)), inner, signed);
}

/** The hyperbolic tangent in [-1, 1]; <= 3.5 ulp, exactly 1 and -1 far out, with the sign of a zero x. */
export const tanh = unary({
  name: 'tanh',
  accepts: 'float',
  reference: (x = 0) => Math.tanh(x),
  gradient: ({ output, cotangent }) => mul(cotangent, sub(full(output, 1), mul(output, output))),
  lower: lowerTanh,
});
