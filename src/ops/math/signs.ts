import type { Node } from '../../graph/node.ts';
import { div, full, mul, select, sub } from '../../primitives/elementwise/arithmetic.ts';
import { and, eq, lt, or } from '../../primitives/elementwise/compare.ts';
import { ceil, floor } from '../../primitives/elementwise/rounding.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { isFloat } from '../../util/dtypes.ts';
import { type TensorLike, toNumberNode } from '../convert.ts';
import { floatArithmetic, viaDouble } from './arithmetic.ts';

function towardsZero(x: Node): Node {
  return select(lt(x, full(x, 0)), ceil(x), floor(x));
}

/** x without its fraction, in the dtype of x; -0 of (-1, 0]. */
export function trunc(x: TensorLike): Tensor {
  const node = toNumberNode(x, 'trunc');
  return new Tensor(isFloat(node.dtype) ? towardsZero(node) : node);
}

/**
 * a - trunc(a / b) * b, broadcast, in the common dtype: the remainder with the sign of a, as in C and JavaScript. For integers
 * a modulo 0 is 0; for floats a modulo 0 is NaN, and a modulo an infinity is a. Quotients above 2^53 lose digits.
 */
export function fmod(a: TensorLike, b: TensorLike): Tensor {
  return viaDouble('fmod', a, b, remainder);
}

function remainder(x: Node, y: Node): Node {
  const rest = sub(x, mul(towardsZero(div(x, y)), y));
  const [infinity, zero] = [full(y, Infinity), full(y, 0)];
  // infinity times zero would spoil it
  const isBoundless = or(eq(y, infinity), eq(y, sub(zero, infinity)));
  const isBounded = and(lt(x, infinity), lt(sub(zero, infinity), x));
  return select(and(isBoundless, isBounded), x, rest);
}

/** Whether a float is below 0 or -0; false of NaN, whose sign is not kept. */
function isNegative(x: Node): Node {
  const zero = full(x, 0);
  const isMinusZero = and(eq(x, zero), lt(div(full(x, 1), x), zero));
  return or(lt(x, zero), isMinusZero);
}

/** Whether x is below 0 or -0, as bool; false of NaN, whose sign is not kept. */
export function signbit(x: TensorLike): Tensor {
  const node = toNumberNode(x, 'signbit');
  return new Tensor(isFloat(node.dtype) ? isNegative(node) : lt(node, full(node, 0)));
}

/** The size of a with the sign of b, broadcast; NaN counts as positive. Integers become float32. */
export function copysign(a: TensorLike, b: TensorLike): Tensor {
  return floatArithmetic('copysign', withSign, a, b);
}

function withSign(size: Node, sign: Node): Node {
  const isLike = eq(isNegative(size), isNegative(sign));
  return mul(size, select(isLike, full(size, 1), full(size, -1)));
}
