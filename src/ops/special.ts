import type { Node } from '../graph/node.ts';
import { add, div, full, mul, neg, select, sqrt, sub } from '../primitives/arithmetic.ts';
import { abs, eq, lt, maximum } from '../primitives/compare.ts';
import { log } from '../primitives/exponential.ts';
import { Tensor } from '../tensor/tensor.ts';
import { type TensorLike, toFloatNode } from './convert.ts';

/** Polynomials in w = -log(1 - x^2), about 2.5 below 5 and about 3 in its root above (Giles 2010, single precision). */
const SINGLE = {
  center: [
    2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503,
    -0.00417768164, 0.246640727, 1.50140941,
  ],
  tail: [
    -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613,
    0.00943887047, 1.00167406, 2.83297682,
  ],
};

/** Ratios of polynomials for the normal quantile (Wichura 1988, algorithm AS 241, PPND16). */
const DOUBLE = {
  center: {
    numerator: [
      2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
      13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
    ],
    denominator: [
      5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
      5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
    ],
  },
  middle: {
    numerator: [
      7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
      3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
    ],
    denominator: [
      1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
      0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
    ],
  },
  tail: {
    numerator: [
      2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
      0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
    ],
    denominator: [
      2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
      0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1,
    ],
  },
};

function polynomial(coefficients: readonly number[], x: Node): Node {
  const [first = 0, ...rest] = coefficients;
  return rest.reduce((sum, c) => add(mul(sum, x), full(x, c)), full(x, first));
}

function ratio(
  { numerator, denominator }: { numerator: readonly number[]; denominator: readonly number[] },
  x: Node,
): Node {
  return div(polynomial(numerator, x), polynomial(denominator, x));
}

function inverseSingle(x: Node): Node {
  const one = full(x, 1);
  const w = neg(log(mul(sub(one, x), add(one, x))));
  const center = polynomial(SINGLE.center, sub(w, full(w, 2.5)));
  // held at 5 where it is not chosen: the slope of the root at 0 is infinite
  const tail = polynomial(SINGLE.tail, sub(sqrt(maximum(w, full(w, 5))), full(w, 3)));
  return mul(x, select(lt(w, full(w, 5)), center, tail));
}

/** The quantile at (1 + x) / 2, over the root of 2. */
function inverseDouble(x: Node): Node {
  const half = mul(x, full(x, 0.5));
  const center = mul(half, ratio(DOUBLE.center, sub(full(x, 0.180625), mul(half, half))));
  const rest = mul(sub(full(x, 1), abs(x)), full(x, 0.5));
  const r = sqrt(neg(log(rest)));
  const far = select(
    lt(full(r, 5), r),
    ratio(DOUBLE.tail, sub(r, full(r, 5))),
    ratio(DOUBLE.middle, sub(r, full(r, 1.6))),
  );
  const signed = select(lt(x, full(x, 0)), neg(far), far);
  const quantile = select(lt(abs(half), full(x, 0.425)), center, signed);
  return mul(quantile, full(x, Math.SQRT1_2));
}

/**
 * The inverse of the error function; plus and minus infinity at plus and minus 1, NaN beyond. Integers become float32.
 * Relative error below 2^-20 (float32) and 2^-49 (float64).
 */
export function erfInv(x: TensorLike): Tensor {
  const node = toFloatNode(x, 'erfInv');
  const finite = node.dtype === 'float32' ? inverseSingle(node) : inverseDouble(node);
  const infinite = select(lt(node, full(node, 0)), full(node, -Infinity), full(node, Infinity));
  return new Tensor(select(eq(abs(node), full(node, 1)), infinite, finite));
}
