import { type Expr, k } from '../../graph/kernel/expr.ts';
import { binary } from '../define.ts';
import { full, mul, select, sub } from './arithmetic.ts';
import { eq } from './compare.ts';
import { expReduced, nearestInteger, scaleByPowerOf2 } from './exp-reduction.ts';
import { log, splitPositive } from './exponential.ts';
import { floatOf } from './precision.ts';

/** The sum of two floats, with more digits than one holds; products of two highs are exact. */
interface Pair {
  readonly high: Expr;
  readonly low: Expr;
}

/** 2 / (3 ln 2) in two parts. */
const SLOPE = {
  f32: { high: 0.9619140625, low: -1.1736857402e-4 },
  f64: { high: 0.9617967009544373, low: -7.02846165095275854e-9 },
};

/** (3 atanh(s) / s - 3 - s^2) / s^4 in s^2, with as many terms of the series as |s| < 0.172 needs. */
const ATANH = { f32: atanhSeries(4), f64: atanhSeries(12) };

function atanhSeries(terms: number): number[] {
  return Array.from({ length: terms }, (_, i) => 3 / (2 * i + 5)).reverse();
}

/** Exponents of 2 that surely overflow, or underflow if negative. */
const FAR = { f32: 200, f64: 1200 };

function clamp(x: Expr, limit: number): Expr {
  return k.max(k.min(x, k.like(x, limit)), k.like(x, -limit));
}

/** x to half its bits. */
function upper(x: Expr): Expr {
  if (floatOf(x) === 'f64') return k.convert('f64', k.convert('f32', x));
  return k.fromBits(k.and(k.bits(x), k.int(-0x1000)));
}

/** (m - 1) / (m + 1) for m near 1. */
function tangent(m: Expr): Pair & { readonly rounded: Expr } {
  const difference = k.sub(m, k.like(m, 1));
  const sum = k.add(m, k.like(m, 1));
  const lost = k.sub(difference, k.sub(sum, k.like(m, 2)));
  const inverse = k.div(k.like(m, 1), sum);
  const rounded = k.mul(difference, inverse);
  const high = upper(rounded);
  const sumHigh = upper(sum);
  const sumLow = k.add(k.sub(sum, sumHigh), lost);
  const rest = k.sub(k.sub(difference, k.mul(high, sumHigh)), k.mul(high, sumLow));
  return { rounded, high, low: k.mul(rest, inverse) };
}

/** 3 atanh(s) of a small s, as s (3 + s^2 + ...) where 3 + s^2 keeps all digits. */
function tripleAtanh({ rounded, high: s, low }: ReturnType<typeof tangent>): Pair {
  const square = k.mul(rounded, rounded);
  const series = k.mul(k.mul(square, square), k.polynomial(ATANH[floatOf(s)], square));
  const tail = k.mulAdd(low, k.add(s, rounded), series);
  const exactSquare = k.mul(s, s);
  const three = k.like(s, 3);
  const factor = upper(k.add(k.add(three, exactSquare), tail));
  const factorLow = k.sub(tail, k.sub(k.sub(factor, three), exactSquare));
  const product = k.mul(s, factor);
  const productLow = k.mulAdd(low, factor, k.mul(factorLow, rounded));
  const high = upper(k.add(product, productLow));
  return { high, low: k.sub(productLow, k.sub(high, product)) };
}

/** log2 of a positive finite x to half as many bits again as x has (after fdlibm e_pow). */
function log2(x: Expr): Pair {
  const { m, e } = splitPositive(x);
  const slope = SLOPE[floatOf(x)];
  const atanh = tripleAtanh(tangent(m));
  const main = k.mul(atanh.high, k.like(x, slope.high));
  const rest = k.mulAdd(
    atanh.low,
    k.like(x, slope.high + slope.low),
    k.mul(atanh.high, k.like(x, slope.low)),
  );
  const exponent = k.convert(x.register, e);
  const high = upper(k.add(k.add(main, rest), exponent));
  return { high, low: k.sub(rest, k.sub(k.sub(high, exponent), main)) };
}

/** b log2(a) for a >= 0, which may be infinite. */
function exponentOf2(a: Expr, b: Expr): Pair {
  const zero = k.like(a, 0);
  const infinity = k.like(a, Infinity);
  const { high, low } = log2(a);
  // b beyond 2^100 overflows whatever a is
  const factor = clamp(b, 2 ** 100);
  const factorHigh = upper(factor);
  const product = k.mulAdd(k.sub(factor, factorHigh), high, k.mul(factor, low));
  const isPlain = k.and(k.lt(zero, a), k.lt(a, infinity));
  const limit = k.select(isPlain, high, k.select(k.eq(a, zero), k.neg(infinity), a));
  const isExact = k.and(isPlain, k.lt(k.abs(b), infinity));
  const far = FAR[floatOf(a)];
  return {
    high: clamp(k.select(isExact, k.mul(factorHigh, high), k.mul(b, limit)), far),
    low: clamp(k.select(isExact, product, zero), 1),
  };
}

/** a^b for a >= 0, except that 0 * infinity in the exponent gives NaN. */
function powerOfMagnitude(a: Expr, b: Expr): Expr {
  const { high, low } = exponentOf2(a, b);
  const { value, integer } = nearestInteger(k.add(high, low), 1);
  const fraction = k.add(k.sub(high, value), low);
  const power = scaleByPowerOf2(expReduced(k.mul(fraction, k.like(a, Math.LN2))), integer);
  return k.select(k.eq(a, k.like(a, 1)), k.like(a, 1), power);
}

/** Whether the sign bit is set, that of -0 too. */
function isNegative(x: Expr): Expr {
  if (floatOf(x) === 'f32') return k.lt(k.bits(x), k.int(0));
  const zero = k.like(x, 0);
  return k.or(k.lt(x, zero), k.lt(k.div(k.like(x, 1), x), zero));
}

/** With the sign and the special cases of C99 pow. */
function lowerPower(a: Expr, b: Expr): Expr {
  const zero = k.like(a, 0);
  const one = k.like(a, 1);
  const half = k.mul(b, k.like(b, 0.5));
  const isInteger = k.eq(k.floor(b), b);
  const isOdd = k.and(isInteger, k.ne(k.floor(half), half));
  const magnitude = powerOfMagnitude(k.abs(a), b);
  const signed = k.select(k.and(isNegative(a), isOdd), k.neg(magnitude), magnitude);
  const isUndefined = k.and(k.and(k.lt(a, zero), k.lt(k.like(a, -Infinity), a)), k.ne(k.floor(b), b));
  const real = k.select(isUndefined, k.like(a, NaN), signed);
  return k.select(k.or(k.eq(b, zero), k.eq(a, one)), one, real);
}

/**
 * a to the power of b, with the special cases of C99: 1 where b is 0 or a is 1, whatever the other; NaN for a
 * finite negative a and a fractional b. <= 2 ulp, gradual underflow.
 */
export const pow = binary({
  name: 'pow',
  accepts: 'float',
  reference: (a = 0, b = 0) =>
    a === 1 || (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) ? 1 : a ** b,
  gradient: ({ a, b, output, cotangent }) => {
    const zero = full(a, 0);
    const slope = () => mul(b, pow(a, sub(b, full(b, 1))));
    return [
      () => mul(cotangent, select(eq(b, zero), zero, slope())),
      () => mul(cotangent, select(eq(output, zero), zero, mul(output, log(a)))),
    ];
  },
  lower: lowerPower,
});
