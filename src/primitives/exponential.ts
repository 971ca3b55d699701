import { type Expr, k } from '../graph/kernel/expr.ts';
import { div, full, mul, sub } from './arithmetic.ts';
import { unary } from './define.ts';

export const LOG2_E = Math.LOG2E;

/** ln 2 in two parts: n * high is exact for every exponent n, low restores the lost bits (Cody & Waite 1980). */
export const LN2 = {
  f32: { high: 0.693359375, low: -2.12194440e-4 },
  f64: { high: 6.93147180369123816490e-1, low: 1.90821492927058770002e-10 },
};

/** Beyond these the result is certainly infinite or zero. */
const EXP_RANGE = { f32: { low: -104, high: 89 }, f64: { low: -746, high: 710 } };

/** (exp(r) - 1 - r) / r^2 on |r| <= ln(2)/2, single precision (Cephes expf). */
export const EXP_F32 = [1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1];

/** Coefficients of r - r * coth(r / 2)..., double precision (fdlibm e_exp). */
export const EXP_F64 = [4.13813679705723846039e-8, -1.65339022054652515390e-6, 6.61375632143793436117e-5, -2.77777777770155933842e-3, 1.66666666666666019037e-1];

type Float = 'f32' | 'f64';

/** The precision of an expression. */
export function floatOf(x: Expr): Float {
  return x.register === 'f64' ? 'f64' : 'f32';
}

/** exp(r) for |r| <= ln(2)/2. */
function expReduced(r: Expr): Expr {
  const one = k.like(r, 1);
  if (floatOf(r) === 'f32') return k.mulAdd(k.mul(r, r), k.polynomial(EXP_F32, r), k.add(r, one));
  const c = k.sub(r, k.mul(k.mul(r, r), k.polynomial(EXP_F64, k.mul(r, r))));
  return k.add(one, k.add(r, k.div(k.mul(r, c), k.sub(k.like(r, 2), c))));
}

/** e^x as an expression: <= 2 ulp, gradual underflow, infinity above the range, NaN of NaN. */
export function lowerExp(x: Expr): Expr {
  const kind = floatOf(x);
  const range = EXP_RANGE[kind];
  const clamped = k.min(k.max(x, k.like(x, range.low)), k.like(x, range.high));
  const n = k.nearest(k.mul(clamped, k.like(x, LOG2_E)));
  const r = k.sub(k.sub(clamped, k.mul(n, k.like(x, LN2[kind].high))), k.mul(n, k.like(x, LN2[kind].low)));
  // two factors, since 2^n itself may be outside the normal range
  const exponent = k.convert('i32', n);
  const half = k.shiftRight(exponent, k.int(1));
  const scaled = k.mul(expReduced(r), k.powerOf2(x.register, half));
  return k.mul(scaled, k.powerOf2(x.register, k.sub(exponent, half)));
}

/** (log(1 + z) - z + z^2 / 2) / z^3 for 1/sqrt(2) <= 1 + z < sqrt(2), single precision (Cephes logf). */
const LOG_F32 = [7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1];

/** (log(1 + f) - log series) in s^2, s = f / (2 + f), double precision (fdlibm e_log). */
const LOG_F64 = [1.479819860511658591e-1, 1.531383769920937332e-1, 1.818357216161805012e-1, 2.222219843214978396e-1, 2.857142874366239149e-1, 3.999999999940941908e-1, 6.666666666666735130e-1];

/** Smallest normal number, and the power of two that lifts subnormals above it. */
const LIFT = { f32: { normal: 2 ** -126, scale: 2 ** 24, bits: 24 }, f64: { normal: 2 ** -1022, scale: 2 ** 54, bits: 54 } };

/** log(1 + z) + e ln 2 for a reduced z. */
function logReduced(z: Expr, e: Expr): Expr {
  const kind = floatOf(z);
  const high = k.mul(e, k.like(z, LN2[kind].high));
  const low = k.mul(e, k.like(z, LN2[kind].low));
  const halfSquare = k.mul(k.mul(z, z), k.like(z, 0.5));
  if (kind === 'f32') {
    const tail = k.mul(k.mul(k.mul(z, z), z), k.polynomial(LOG_F32, z));
    return k.add(k.add(z, k.sub(k.add(tail, low), halfSquare)), high);
  }
  const s = k.div(z, k.add(k.like(z, 2), z));
  const square = k.mul(s, s);
  const series = k.mul(square, k.polynomial(LOG_F64, square));
  const correction = k.add(k.mul(s, k.add(halfSquare, series)), low);
  return k.sub(high, k.sub(k.sub(halfSquare, correction), z));
}

/** ln x as an expression: <= 2 ulp; -infinity at 0, NaN below. */
export function lowerLog(x: Expr): Expr {
  const lift = LIFT[floatOf(x)];
  const tiny = k.lt(x, k.like(x, lift.normal));
  const lifted = k.select(tiny, k.mul(x, k.like(x, lift.scale)), x);
  const mantissa = k.mantissa(lifted);
  const large = k.lt(k.like(x, Math.SQRT2), mantissa);
  const m = k.select(large, k.mul(mantissa, k.like(x, 0.5)), mantissa);
  const shift = k.add(k.select(large, k.int(1), k.int(0)), k.select(tiny, k.int(-lift.bits), k.int(0)));
  const e = k.convert(x.register, k.add(k.exponent(lifted), shift));
  const finite = logReduced(k.sub(m, k.like(x, 1)), e);
  const positive = k.select(k.lt(x, k.like(x, Infinity)), finite, x);
  const zero = k.like(x, 0);
  return k.select(k.lt(zero, x), positive, k.select(k.eq(x, zero), k.like(x, -Infinity), k.like(x, NaN)));
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

/** 1 / (1 + e^-x); <= 4 ulp. */
export const sigmoid = unary({
  name: 'sigmoid',
  accepts: 'float',
  reference: (x = 0) => 1 / (1 + Math.exp(-x)),
  gradient: ({ output, cotangent }) => mul(cotangent, mul(output, sub(full(output, 1), output))),
  lower: (x) => k.div(k.like(x, 1), k.add(k.like(x, 1), lowerExp(k.neg(x)))),
});

/**
 * tanh as a ratio of an odd and an even polynomial on |x| < 7.905, where single precision
 * has reached 1 (coefficients of the rational minimax fit used by Eigen).
 */
const TANH_F32 = {
  limit: 7.90531110763549805,
  odd: [-2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8, 1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3],
  even: [1.19825839466702e-6, 1.18534705686654e-4, 2.26843463243900e-3, 4.89352518554385e-3],
};

/** x + x^3 P(x^2) / Q(x^2) for |x| < 0.625, double precision (Cephes tanh). */
const TANH_F64 = {
  small: 0.625,
  p: [-9.64399179425052238628e-1, -9.92877231001918586564e1, -1.61468768441708447952e3],
  q: [1, 1.12811678491632931402e2, 2.23548839060100448583e3, 4.84406305325125486048e3],
};

function lowerTanh(x: Expr): Expr {
  if (floatOf(x) === 'f32') {
    const clamped = k.max(k.min(x, k.like(x, TANH_F32.limit)), k.like(x, -TANH_F32.limit));
    const square = k.mul(clamped, clamped);
    return k.div(k.mul(clamped, k.polynomial(TANH_F32.odd, square)), k.polynomial(TANH_F32.even, square));
  }
  const magnitude = k.abs(x);
  const square = k.mul(x, x);
  const ratio = k.div(k.polynomial(TANH_F64.p, square), k.polynomial(TANH_F64.q, square));
  const inner = k.mulAdd(k.mul(x, square), ratio, x);
  const one = k.like(x, 1);
  const outer = k.sub(one, k.div(k.like(x, 2), k.add(lowerExp(k.add(magnitude, magnitude)), one)));
  const signed = k.select(k.lt(x, k.like(x, 0)), k.neg(outer), outer);
  return k.select(k.lt(magnitude, k.like(x, TANH_F64.small)), inner, signed);
}

/** The hyperbolic tangent; <= 5 ulp. */
export const tanh = unary({
  name: 'tanh',
  accepts: 'float',
  reference: (x = 0) => Math.tanh(x),
  gradient: ({ output, cotangent }) => mul(cotangent, sub(full(output, 1), mul(output, output))),
  lower: lowerTanh,
});

