/**
 * Activation functions, element by element unless said otherwise: float [...] to [...]. Formulas and defaults
 * of Keras 3.
 */
import { add, clip, div, maximum, minimum, mul, neg, square, sub, where } from '../ops/math/arithmetic.ts';
import { greater } from '../ops/math/compare.ts';
import { erf, exp, expm1, sigmoid as plainSigmoid, tanh as plainTanh, sqrt } from '../ops/math/math.ts';
import * as nn from '../ops/nn/nn.ts';
import { split } from '../ops/shape/slicing.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { rememberLogits } from './logits.ts';

/** x itself. */
export function linear(x: Tensor): Tensor {
  return x;
}

/** Options of `relu`. */
export interface ReluOptions {
  /** Slope below the threshold. Default 0. */
  readonly negativeSlope?: number;
  /** Largest result; null (default) for no limit. */
  readonly maxValue?: number | null;
  /** Where x begins to pass. Default 0. */
  readonly threshold?: number;
}

/**
 * max(x, 0); with options x above `threshold`, no more than `maxValue`, and negativeSlope (x - threshold) below.
 */
export function relu(x: Tensor, options: ReluOptions = {}): Tensor {
  const { negativeSlope = 0, maxValue = null, threshold = 0 } = options;
  const above = threshold === 0 ? nn.relu(x) : where(greater(x, threshold), x, 0);
  const limited = maxValue === null ? above : clip(above, 0, maxValue);
  if (negativeSlope === 0) return limited;
  return add(limited, mul(minimum(sub(x, threshold), 0), negativeSlope));
}

/** min(max(x, 0), 6). */
export function relu6(x: Tensor): Tensor {
  return nn.relu6(x);
}

/** x above 0, `negativeSlope` x below. Default slope 0.2. */
export function leakyRelu(x: Tensor, negativeSlope = 0.2): Tensor {
  return nn.leakyRelu(x, negativeSlope);
}

/** x above 0, alpha (e^x - 1) below (Clevert 2015). Default alpha 1. */
export function elu(x: Tensor, alpha = 1): Tensor {
  return nn.elu(x, alpha);
}

/** x above 0, alpha (e^(x / alpha) - 1) below: its slope has no jump (Barron 2017). Default alpha 1. */
export function celu(x: Tensor, alpha = 1): Tensor {
  return add(maximum(x, 0), mul(expm1(div(minimum(x, 0), alpha)), alpha));
}

/** Scale and slope of `selu`, which keep mean 0 and variance 1 (Klambauer 2017). */
const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

/** 1.0507 x above 0, 1.0507 * 1.6733 (e^x - 1) below. */
export function selu(x: Tensor): Tensor {
  const below = mul(expm1(minimum(x, 0)), SELU.alpha); // finite where it is not chosen, too
  return mul(where(greater(x, 0), x, below), SELU.scale);
}

/** log(1 + e^x), without overflow. */
export function softplus(x: Tensor): Tensor {
  return nn.softplus(x);
}

/** (x + sqrt(x^2 + b)) / 2, an algebraic softplus (Barron 2021). Default b 4. */
export function squareplus(x: Tensor, b = 4): Tensor {
  return mul(add(x, sqrt(add(square(x), b))), 0.5);
}

/** x / (1 + |x|). */
export function softsign(x: Tensor): Tensor {
  return nn.softsign(x);
}

/** 1 / (1 + e^-x). A binary cross-entropy of the result is computed from x itself. */
export function sigmoid(x: Tensor): Tensor {
  return rememberLogits(plainSigmoid(x), { normalizer: 'sigmoid', logits: x });
}

/** log(sigmoid(x)), finite for finite x. */
export function logSigmoid(x: Tensor): Tensor {
  return neg(nn.softplus(neg(x)));
}

/** The hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return plainTanh(x);
}

/** x / 6 + 1/2, limited to [0, 1]. */
export function hardSigmoid(x: Tensor): Tensor {
  return clip(add(div(x, 6), 0.5), 0, 1);
}

/** x limited to [-1, 1]. */
export function hardTanh(x: Tensor): Tensor {
  return clip(x, -1, 1);
}

/** x hardSigmoid(x), also called hard swish (Howard 2019). */
export function hardSilu(x: Tensor): Tensor {
  return mul(x, hardSigmoid(x));
}

/** The first half along `axis` (default -1) times the sigmoid of the second (Dauphin 2017). */
export function glu(x: Tensor, axis = -1): Tensor {
  const [values, gates] = split(x, 2, axis) as [Tensor, Tensor];
  return mul(values, plainSigmoid(gates));
}

/** x sigmoid(x), also called swish. */
export function silu(x: Tensor): Tensor {
  return nn.silu(x);
}

/** Options of `gelu`. */
export interface GeluOptions {
  /** Whether to use the form with tanh. Default false. */
  readonly approximate?: boolean;
}

/**
 * x times the distribution function of the normal distribution: x (1 + erf(x / sqrt 2)) / 2 (Hendrycks and
 * Gimpel 2016).
 */
export function gelu(x: Tensor, { approximate = false }: GeluOptions = {}): Tensor {
  if (approximate) return nn.gelu(x);
  return mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
}

/** x tanh(softplus(x)) (Misra 2019). */
export function mish(x: Tensor): Tensor {
  return mul(x, plainTanh(nn.softplus(x)));
}

/** e^x. */
export function exponential(x: Tensor): Tensor {
  return exp(x);
}

/**
 * e^x over its sum along `axis` (default -1): logits [..., classes] to probabilities. A cross-entropy of the
 * result is computed from x itself.
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  return rememberLogits(nn.softmax(x, axis), { normalizer: 'softmax', logits: x });
}

/** log(softmax(x)) along `axis` (default -1), finite for finite logits. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return nn.logSoftmax(x, axis);
}

export { hardShrink, softShrink, tanhShrink } from './shrinking.ts';
export { sparsemax, sparsePlus, sparseSigmoid } from './sparse.ts';
