import type { Node } from '../../graph/node.ts';
import { add, div, full, mul, neg, select, sqrt, sub } from '../../primitives/elementwise/arithmetic.ts';
import { abs, eq, lt, maximum } from '../../primitives/elementwise/compare.ts';
import { log } from '../../primitives/elementwise/exponential.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { type TensorLike, toFloatNode } from '../convert.ts';

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
      2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
      1971.5909503065513, 133.14166789178438, 3.3871328727963665,
    ],
    denominator: [
      5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
      687.1870074920579, 42.31333070160091, 1,
    ],
  },
  middle: {
    numerator: [
      0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
      5.769497221460691, 4.630337846156546, 1.4234371107496835,
    ],
    denominator: [
      1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
      0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
    ],
  },
  tail: {
    numerator: [
      2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
      0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
    ],
    denominator: [
      2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
      0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
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
