import { type Expr, k } from '../../graph/kernel/expr.ts';
import type { Node } from '../../graph/node.ts';
import { type Applicable, unary } from '../define.ts';
import { mul, neg } from './arithmetic.ts';
import { nearestInteger } from './exp-reduction.ts';
import { floatOf } from './precision.ts';

/** pi/2 in parts with so few bits each that their products with a quarter count are exact (Cody & Waite 1980). */
const HALF_PI = {
  f32: [1.5703125, 4.837512969970703e-4, 7.549533620476723e-8, 2.5633440682570896e-12],
  f64: [
    1.57079632673412561417, 6.0771005063039659766e-11, 2.0222662487111664558e-21, 8.47842766036889956997e-32,
  ],
};

/** (sin(r) - r) / r^3 and (cos(r) - 1 + r^2/2) / r^4 in r^2, |r| <= pi/4 (Cephes sinf; fdlibm k_sin, k_cos). */
const SIN = {
  f32: [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1],
  f64: [
    1.58969099521155010221e-10, -2.50507602534068634195e-8, 2.75573137070700676789e-6,
    -1.98412698298579493134e-4, 8.33333333332248946124e-3, -1.66666666666666324348e-1,
  ],
};
const COS = {
  f32: [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2],
  f64: [
    -1.13596475577881948265e-11, 2.0875723212981748279e-9, -2.75573143513906633035e-7,
    2.48015872894767294178e-5, -1.38888888888741095749e-3, 4.16666666666666019037e-2,
  ],
};

function sinReduced(r: Expr): Expr {
  const square = k.mul(r, r);
  // a factor, since a sum would lose the sign of 0
  return k.mul(r, k.mulAdd(square, k.polynomial(SIN[floatOf(r)], square), k.like(r, 1)));
}

function cosReduced(r: Expr): Expr {
  const square = k.mul(r, r);
  const one = k.like(r, 1);
  const half = k.mul(square, k.like(r, 0.5));
  const head = k.sub(one, half);
  // what the subtraction from 1 rounded off comes back with the tail
  const lost = k.sub(k.sub(one, head), half);
  return k.add(head, k.mulAdd(k.mul(square, square), k.polynomial(COS[floatOf(r)], square), lost));
}

/** sin(x + quarters * pi/2). */
function lowerSine(x: Expr, quarters: number): Expr {
  const { value, integer } = nearestInteger(x, 2 / Math.PI);
  const rest = HALF_PI[floatOf(x)].reduce((sum, part) => k.mulAdd(value, k.like(x, -part), sum), x);
  // of angles too large for the parts of pi/2, at least a point on the circle
  const r = k.max(k.min(rest, k.like(x, 1)), k.like(x, -1));
  const quadrant = k.add(integer, k.int(quarters));
  const isOdd = k.ne(k.and(quadrant, k.int(1)), k.int(0));
  const isNegative = k.ne(k.and(quadrant, k.int(2)), k.int(0));
  const magnitude = k.select(isOdd, cosReduced(r), sinReduced(r));
  return k.select(isNegative, k.neg(magnitude), magnitude);
}

/** The sine of an angle in radians; <= 3 ulp for |x| <= 8192 (float32) or 10^6 (float64); beyond, errors grow with |x|. */
export const sin: Applicable<[x: Node]> = unary({
  name: 'sin',
  accepts: 'float',
  reference: (x = 0) => Math.sin(x),
  gradient: ({ x, cotangent }) => mul(cotangent, cos(x)),
  lower: (x) => lowerSine(x, 0),
});

/** The cosine of an angle in radians; <= 3 ulp for |x| <= 8192 (float32) or 10^6 (float64); beyond, errors grow with |x|. */
export const cos: Applicable<[x: Node]> = unary({
  name: 'cos',
  accepts: 'float',
  reference: (x = 0) => Math.cos(x),
  gradient: ({ x, cotangent }) => neg(mul(cotangent, sin(x))),
  lower: (x) => lowerSine(x, 1),
});
