import type { Node } from '../../graph/node.ts';
import { atan2 as atan2Primitive } from '../../primitives/elementwise/arc-tangent.ts';
import { add, div, full, mul, select, sqrt, sub } from '../../primitives/elementwise/arithmetic.ts';
import { abs, eq, maximum, or } from '../../primitives/elementwise/compare.ts';
import * as hyperbolic from '../../primitives/elementwise/hyperbolic.ts';
import { stopGradient } from '../../primitives/leaf.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { TensorLike } from '../convert.ts';
import { floatArithmetic } from './arithmetic.ts';
import { floatOp } from './math.ts';

/** sqrt(1 - x^2), exact near -1 and 1. */
function opposite(x: Node): Node {
  const one = full(x, 1);
  return sqrt(mul(sub(one, x), add(one, x)));
}

/** The angle in [-pi/2, pi/2] whose sine is x; NaN beyond [-1, 1]. Integers become float32. */
export function asin(x: TensorLike): Tensor {
  return floatOp('asin', (node) => atan2Primitive(node, opposite(node)), x);
}

/** The angle in [0, pi] whose cosine is x; NaN beyond [-1, 1]. Integers become float32. */
export function acos(x: TensorLike): Tensor {
  return floatOp('acos', (node) => atan2Primitive(opposite(node), node), x);
}

/** The angle in [-pi/2, pi/2] whose tangent is x. Integers become float32. */
export function atan(x: TensorLike): Tensor {
  return floatOp('atan', (node) => atan2Primitive(node, full(node, 1)), x);
}

/** The angle of the point (x, y) in [-pi, pi], broadcast, zeros and infinities as in C. Integers become float32. */
export function atan2(y: TensorLike, x: TensorLike): Tensor {
  return floatArithmetic('atan2', atan2Primitive, y, x);
}

/**
 * The distance sqrt(a^2 + b^2) of the point (a, b) from the origin, broadcast, without overflow. Integers become float32.
 * At the origin the gradient is NaN: it has none there.
 */
export function hypot(a: TensorLike, b: TensorLike): Tensor {
  return floatArithmetic('hypot', length, a, b);
}

function length(a: Node, b: Node): Node {
  const [zero, one, infinity] = [0, 1, Infinity].map((value) => full(a, value)) as [Node, Node, Node];
  const larger = maximum(abs(a), abs(b));
  // the scale cancels, so it has no gradient
  const isEndless = or(eq(abs(a), infinity), eq(abs(b), infinity));
  const scale = stopGradient(select(or(eq(larger, zero), isEndless), one, larger));
  const [x, y] = [div(a, scale), div(b, scale)];
  const distance = mul(scale, sqrt(add(mul(x, x), mul(y, y))));
  return select(isEndless, infinity, distance);
}

/** The hyperbolic sine. Integers become float32. */
export function sinh(x: TensorLike): Tensor {
  return floatOp('sinh', hyperbolic.sinh, x);
}

/** The hyperbolic cosine. Integers become float32. */
export function cosh(x: TensorLike): Tensor {
  return floatOp('cosh', hyperbolic.cosh, x);
}

/** The inverse of sinh. Integers become float32. */
export function asinh(x: TensorLike): Tensor {
  return floatOp('asinh', hyperbolic.asinh, x);
}

/** The inverse of cosh, >= 0; NaN below 1. Integers become float32. */
export function acosh(x: TensorLike): Tensor {
  return floatOp('acosh', hyperbolic.acosh, x);
}

/** The inverse of tanh; infinities at -1 and 1, NaN beyond. Integers become float32. */
export function atanh(x: TensorLike): Tensor {
  return floatOp('atanh', hyperbolic.atanh, x);
}
