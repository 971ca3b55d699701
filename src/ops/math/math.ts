import type { Node } from '../../graph/node.ts';
import { div, full, sqrt as sqrtPrimitive } from '../../primitives/elementwise/arithmetic.ts';
import { erf as erfPrimitive } from '../../primitives/elementwise/error-function.ts';
import * as p from '../../primitives/elementwise/exponential.ts';
import * as nearOne from '../../primitives/elementwise/near-one.ts';
import * as rounding from '../../primitives/elementwise/rounding.ts';
import * as trigonometric from '../../primitives/elementwise/trigonometric.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { isFloat } from '../../util/dtypes.ts';
import { type TensorLike, toFloatNode, toNumberNode } from '../convert.ts';

/** Applies a primitive to x as float; integers become float32. */
export function floatOp(where: string, primitive: (x: Node) => Node, x: TensorLike): Tensor {
  return new Tensor(primitive(toFloatNode(x, where)));
}

/** The square root; NaN below zero. Integers become float32. */
export function sqrt(x: TensorLike): Tensor {
  return floatOp('sqrt', sqrtPrimitive, x);
}

/** 1 / sqrt(x); infinity at 0, NaN below. Integers become float32. */
export function rsqrt(x: TensorLike): Tensor {
  return floatOp('rsqrt', (node) => div(full(node, 1), sqrtPrimitive(node)), x);
}

/** e to the power of x. Integers become float32. */
export function exp(x: TensorLike): Tensor {
  return floatOp('exp', p.exp, x);
}

/** The natural logarithm; -infinity at 0, NaN below. Integers become float32. */
export function log(x: TensorLike): Tensor {
  return floatOp('log', p.log, x);
}

/** e^x - 1, accurate near 0. Integers become float32. */
export function expm1(x: TensorLike): Tensor {
  return floatOp('expm1', nearOne.expm1, x);
}

/** log(1 + x), accurate near 0; -infinity at -1, NaN below. Integers become float32. */
export function log1p(x: TensorLike): Tensor {
  return floatOp('log1p', nearOne.log1p, x);
}

/** The sine of an angle in radians. Integers become float32. */
export function sin(x: TensorLike): Tensor {
  return floatOp('sin', trigonometric.sin, x);
}

/** The cosine of an angle in radians. Integers become float32. */
export function cos(x: TensorLike): Tensor {
  return floatOp('cos', trigonometric.cos, x);
}

/** The tangent of an angle in radians. Integers become float32. */
export function tan(x: TensorLike): Tensor {
  return floatOp('tan', (node) => div(trigonometric.sin(node), trigonometric.cos(node)), x);
}

/** The error function 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x. Integers become float32. */
export function erf(x: TensorLike): Tensor {
  return floatOp('erf', erfPrimitive, x);
}

/** 1 / (1 + e^-x). Integers become float32. */
export function sigmoid(x: TensorLike): Tensor {
  return floatOp('sigmoid', p.sigmoid, x);
}

/** The hyperbolic tangent. Integers become float32. */
export function tanh(x: TensorLike): Tensor {
  return floatOp('tanh', p.tanh, x);
}

function rounded(where: string, primitive: (x: Node) => Node, x: TensorLike): Tensor {
  const node = toNumberNode(x, where);
  return new Tensor(isFloat(node.dtype) ? primitive(node) : node);
}

/** The largest whole number not above x, in the dtype of x. */
export function floor(x: TensorLike): Tensor {
  return rounded('floor', rounding.floor, x);
}

/** The smallest whole number not below x, in the dtype of x. */
export function ceil(x: TensorLike): Tensor {
  return rounded('ceil', rounding.ceil, x);
}

/** The nearest whole number, ties to even as in NumPy, in the dtype of x. */
export function round(x: TensorLike): Tensor {
  return rounded('round', rounding.round, x);
}
