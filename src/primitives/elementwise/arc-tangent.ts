import { type Expr, k } from '../../graph/kernel/expr.ts';
import { binary } from '../define.ts';
import { add, div, mul, neg } from './arithmetic.ts';
import { floatOf } from './precision.ts';

/** (atan(z) - z) / z^3 in z^2, |z| <= tan(pi/8) (Cephes atanf). */
const SINGLE = [8.05374449538e-2, -1.38776856032e-1, 1.99777106478e-1, -3.33329491539e-1];

/** The same as a ratio, |z| <= 0.66 (Cephes atan). */
const DOUBLE = {
  numerator: [
    -8.750608600031904122785e-1, -1.615753718733365076637e1, -7.50085579231470466734e1,
    -1.22886668449013617341e2, -6.485021904942025371773e1,
  ],
  denominator: [
    1, 2.485846490142306297962e1, 1.650270098316988542046e2, 4.328810604912902668951e2,
    4.853903996359136964868e2, 1.945506571482613964425e2,
  ],
};

/** Where z is turned by an eighth of a circle, to stay where the polynomials hold. */
const TURN = { f32: Math.SQRT2 - 1, f64: 0.66 };

/** pi/2 as a number and what it lacks. */
const HALF_PI = {
  f32: { high: 1.57079637050628662109375, low: -4.37113900018624283e-8 },
  f64: { high: Math.PI / 2, low: 6.123233995736765886e-17 },
};

function atanReduced(z: Expr): Expr {
  const square = k.mul(z, z);
  const series =
    floatOf(z) === 'f32'
      ? k.polynomial(SINGLE, square)
      : k.div(k.polynomial(DOUBLE.numerator, square), k.polynomial(DOUBLE.denominator, square));
  return k.mulAdd(k.mul(z, square), series, z);
}

/** Whether x is negative, -0 included. */
function isNegative(x: Expr): Expr {
  const zero = k.like(x, 0);
  return k.or(k.lt(x, zero), k.lt(k.div(k.like(x, 1), x), zero));
}

/** atan(low / high) for 0 <= low <= high, in [0, pi/4]. */
function angleBelowDiagonal(low: Expr, high: Expr): Expr {
  const { high: halfPi, low: rest } = HALF_PI[floatOf(low)];
  const turned = k.lt(k.mul(high, k.like(high, TURN[floatOf(low)])), low);
  const z = k.div(k.select(turned, k.sub(low, high), low), k.select(turned, k.add(low, high), high));
  const angle = k.add(atanReduced(z), k.select(turned, k.like(z, rest / 2), k.like(z, 0)));
  return k.add(k.select(turned, k.like(z, halfPi / 2), k.like(z, 0)), angle);
}

/** The operands as two numbers of the same ratio whose sum is finite and not 0. */
function tamed(low: Expr, high: Expr): [Expr, Expr] {
  const [zero, one, infinity] = [0, 1, Infinity].map((value) => k.like(high, value)) as [Expr, Expr, Expr];
  const scale = k.select(k.lt(one, high), k.like(high, 0.5), one);
  const isInfinite = k.eq(high, infinity);
  const infiniteLow = k.select(k.eq(low, infinity), one, zero);
  return [
    k.select(isInfinite, infiniteLow, k.mul(low, scale)),
    k.select(k.or(isInfinite, k.eq(high, zero)), one, k.mul(high, scale)),
  ];
}

function lowerAtan2(y: Expr, x: Expr): Expr {
  const { high, low } = HALF_PI[floatOf(x)];
  const [sizeY, sizeX] = [k.abs(y), k.abs(x)];
  const acute = angleBelowDiagonal(...tamed(k.min(sizeX, sizeY), k.max(sizeX, sizeY)));
  const turn = (angle: Expr, quarters: number) =>
    k.add(k.sub(k.like(x, quarters * high), angle), k.like(x, quarters * low));
  const inQuadrant = k.select(k.lt(sizeX, sizeY), turn(acute, 1), acute);
  const inHalf = k.select(isNegative(x), turn(inQuadrant, 2), inQuadrant);
  return k.select(isNegative(y), k.neg(inHalf), inHalf);
}

/** The angle of the point (x, y) in (-pi, pi], with the special cases of C99 atan2; <= 4 ulp. */
export const atan2 = binary({
  name: 'atan2',
  accepts: 'float',
  reference: (y = 0, x = 0) => Math.atan2(y, x),
  gradient: ({ a: y, b: x, cotangent }) => {
    const scaled = () => div(cotangent, add(mul(x, x), mul(y, y)));
    return [() => mul(scaled(), x), () => neg(mul(scaled(), y))];
  },
  lower: lowerAtan2,
});
