import { type Expr, k } from '../../graph/kernel/expr.ts';
import { unary } from '../define.ts';
import { full, mul, neg } from './arithmetic.ts';
import { exp, lowerExp } from './exponential.ts';
import { ERF, lowerHalfAngle } from './half-angle.ts';
import { floatOf } from './precision.ts';

/** A ratio of polynomials; coefficients from the highest power down. */
interface Ratio {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

/** erf(1) rounded to single precision, about which the second interval is expanded. */
const ERX = 8.45062911510467529297e-1;

/**
 * erf on four intervals of |x| (fdlibm s_erf): x + x R(x^2) below 0.84375; ERX + R(x - 1) below 1.25;
 * 1 - exp(-x^2 - 0.5625 + R(1 / x^2)) / x below 1 / 0.35 and from there to 6, where erf has reached 1.
 */
const INNER: Ratio = {
  numerator: [
    -2.37630166566501626084e-5, -5.77027029648944159157e-3, -2.84817495755985104766e-2,
    -3.2504210724700149937e-1, 1.28379167095512558561e-1,
  ],
  denominator: [
    -3.9602282787753681232e-6, 1.32494738004321644526e-4, 5.08130628187576562776e-3,
    6.50222499887672944485e-2, 3.97917223959155352819e-1, 1,
  ],
};
const NEAR_ONE: Ratio = {
  numerator: [
    -2.166375594868790843e-3, 3.54783043256182359371e-2, -1.10894694282396677476e-1,
    3.18346619901161753674e-1, -3.72207876035701323847e-1, 4.14856118683748331666e-1,
    -2.36211856075265944077e-3,
  ],
  denominator: [
    1.1984499846799107417e-2, 1.36370839120290507362e-2, 1.26171219808761642112e-1, 7.18286544141962662868e-2,
    5.40397917702171048937e-1, 1.06420880400844228286e-1, 1,
  ],
};
const OUTER: Ratio = {
  numerator: [
    -9.81432934416914548592, -8.12874355063065934246e1, -1.84605092906711035994e2, -1.62396669462573470355e2,
    -6.23753324503260060396e1, -1.05586262253232909814e1, -6.93858572707181764372e-1,
    -9.86494403484714822705e-3,
  ],
  denominator: [
    -6.04244152148580987438e-2, 6.57024977031928170135, 1.08635005541779435134e2, 4.29008140027567833386e2,
    6.45387271733267880336e2, 4.34565877475229228821e2, 1.376577541435190426e2, 1.96512716674392571292e1, 1,
  ],
};
const TAIL: Ratio = {
  numerator: [
    -4.83519191608651397019e2, -1.02509513161107724954e3, -6.37566443368389627722e2,
    -1.60636384855821916062e2, -1.77579549177547519889e1, -7.99283237680523006574e-1,
    -9.86494292470009928597e-3,
  ],
  denominator: [
    -2.24409524465858183362e1, 4.74528541206955367215e2, 2.55305040643316442583e3, 3.19985821950859553908e3,
    1.53672958608443695994e3, 3.25792512996573918826e2, 3.03380607434824582924e1, 1,
  ],
};
const BOUNDS = { inner: 0.84375, nearOne: 1.25, outer: 1 / 0.35, one: 6 };

const horner = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, c) => sum * x + c, 0);
const ratioOf = ({ numerator, denominator }: Ratio, x: number) =>
  horner(numerator, x) / horner(denominator, x);

/** erf of a number in double precision, < 1 ulp. */
export function erfReference(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size < BOUNDS.inner) return x + x * ratioOf(INNER, x * x);
  if (size < BOUNDS.nearOne) return Math.sign(x) * (ERX + ratioOf(NEAR_ONE, size - 1));
  if (size >= BOUNDS.one) return Math.sign(x);
  // exp(-x^2) in two factors, the first of an exact square
  const high = Math.fround(size);
  const exponent = (high - size) * (high + size) + ratioOf(size < BOUNDS.outer ? OUTER : TAIL, 1 / (x * x));
  return Math.sign(x) * (1 - (Math.exp(-high * high - 0.5625) * Math.exp(exponent)) / size);
}

function lowerRatio({ numerator, denominator }: Ratio, x: Expr): Expr {
  return k.div(k.polynomial(numerator, x), k.polynomial(denominator, x));
}

function lowerErfDouble(x: Expr): Expr {
  const constant = (value: number) => k.like(x, value);
  const size = k.abs(x);
  const square = k.mul(x, x);
  const high = k.convert('f64', k.convert('f32', k.min(size, constant(BOUNDS.one))));
  const capped = k.min(size, constant(BOUNDS.one));
  const inverse = k.div(constant(1), square);
  const tail = k.select(
    k.lt(size, constant(BOUNDS.outer)),
    lowerRatio(OUTER, inverse),
    lowerRatio(TAIL, inverse),
  );
  const first = lowerExp(k.sub(k.neg(k.mul(high, high)), constant(0.5625)));
  const second = lowerExp(k.add(k.mul(k.sub(high, capped), k.add(high, capped)), tail));
  const outer = k.sub(constant(1), k.div(k.mul(first, second), capped));
  const nearOne = k.add(constant(ERX), lowerRatio(NEAR_ONE, k.sub(size, constant(1))));
  const middle = k.select(k.lt(size, constant(BOUNDS.nearOne)), nearOne, outer);
  const whole = k.select(k.lt(size, constant(BOUNDS.one)), middle, k.select(k.eq(x, x), constant(1), x));
  const signed = k.select(k.lt(x, constant(0)), k.neg(whole), whole);
  return k.select(k.lt(size, constant(BOUNDS.inner)), k.mulAdd(x, lowerRatio(INNER, square), x), signed);
}

function lowerErf(x: Expr): Expr {
  return floatOf(x) === 'f64' ? lowerErfDouble(x) : lowerHalfAngle(ERF, x);
}

/** The error function 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x; <= 4 ulp. */
export const erf = unary({
  name: 'erf',
  accepts: 'float',
  reference: (x = 0) => erfReference(x),
  gradient: ({ x, cotangent }) => mul(cotangent, mul(exp(neg(mul(x, x))), full(x, 2 / Math.sqrt(Math.PI)))),
  lower: lowerErf,
});
