import * as compare from '../../primitives/elementwise/compare.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { type TensorLike, toFloatNode, toNumberNode } from '../convert.ts';
import { abs, add, div, maximum, minimum, mul, neg, sub, where } from '../math/arithmetic.ts';
import { greater } from '../math/compare.ts';
import { exp, expm1, log, log1p, sigmoid, tanh } from '../math/math.ts';
import { singleAxis } from '../reduce/axes.ts';
import { max, stopGradient, sum } from '../reduce/reduce.ts';

/** The axis an op works along. */
export interface ClassAxis {
  /** Negative counts from the end. Default -1. */
  readonly axis?: number;
}

const float = (x: TensorLike, where: string) => new Tensor(toFloatNode(x, where));

/** max(x, 0), in the dtype of x. The gradient at 0 is 0, as in Keras and PyTorch. */
export function relu(x: TensorLike): Tensor {
  return new Tensor(compare.relu(toNumberNode(x, 'relu')));
}

/** min(max(x, 0), 6), in the dtype of x. */
export function relu6(x: TensorLike): Tensor {
  return minimum(relu(x), 6);
}

/** x above 0, `negativeSlope` times x below. Default slope 0.2, as Keras. */
export function leakyRelu(x: TensorLike, negativeSlope = 0.2): Tensor {
  const values = float(x, 'leakyRelu');
  return where(greater(values, 0), values, mul(values, negativeSlope));
}

/** x above 0, alpha * (e^x - 1) below (Clevert 2015). */
export function elu(x: TensorLike, alpha = 1): Tensor {
  const values = float(x, 'elu');
  const below = minimum(values, 0); // keeps e^x finite where it is not chosen
  return where(greater(values, 0), values, mul(expm1(below), alpha));
}

/** x * sigmoid(x) (also called swish). */
export function silu(x: TensorLike): Tensor {
  const values = float(x, 'silu');
  return mul(values, sigmoid(values));
}

/** sqrt(2 / pi), and the cubic coefficient of the tanh form (Hendrycks and Gimpel 2016). */
const GELU = { scale: Math.sqrt(2 / Math.PI), cubic: 0.044715 };

/** 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))): the tanh form of x times the normal distribution function. */
export function gelu(x: TensorLike): Tensor {
  const values = float(x, 'gelu');
  const inner = mul(add(values, mul(mul(mul(values, values), values), GELU.cubic)), GELU.scale);
  return mul(mul(values, 0.5), add(tanh(inner), 1));
}

/** log(1 + e^x), without overflow. */
export function softplus(x: TensorLike): Tensor {
  const values = float(x, 'softplus');
  return add(maximum(values, 0), log1p(exp(neg(abs(values)))));
}

/** x / (1 + |x|). */
export function softsign(x: TensorLike): Tensor {
  const values = float(x, 'softsign');
  return div(values, add(abs(values), 1));
}

/** x minus its largest element along the axis; the shift cancels in what follows, so it has no gradient. */
function shifted(
  x: TensorLike,
  axis: number | ClassAxis | undefined,
  name: string,
): { values: Tensor; options: { axis: number; keepDims: true } } {
  const values = float(x, name);
  const options = { axis: singleAxis(values.shape, axis, -1, name), keepDims: true } as const;
  return { values: sub(values, stopGradient(max(values, options))), options };
}

/**
 * e^x over its sum along an axis: weights that add up to 1. Integers become float32.
 * @param x logits [..., classes]
 * @throws AntlerValueError if `axis` is not an axis of x
 */
export function softmax(x: TensorLike, axis?: number | ClassAxis): Tensor {
  const { values, options } = shifted(x, axis, 'softmax');
  const powers = exp(values);
  return div(powers, sum(powers, options));
}

/**
 * log(softmax(x)), finite for finite logits.
 * @param x logits [..., classes]
 * @throws AntlerValueError if `axis` is not an axis of x
 */
export function logSoftmax(x: TensorLike, axis?: number | ClassAxis): Tensor {
  const { values, options } = shifted(x, axis, 'logSoftmax');
  return sub(values, log(sum(exp(values), options)));
}
