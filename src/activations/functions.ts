/**
 * Activation functions, element by element unless said otherwise: float [...] to [...]. Formulas and defaults
 * of Keras 3.
 */
import { add, clip, div, minimum, mul, where } from '../ops/arithmetic.ts';
import { greater } from '../ops/compare.ts';
import { erf, exp, expm1, sigmoid as plainSigmoid, tanh as plainTanh } from '../ops/math.ts';
import * as nn from '../ops/nn.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { rememberLogits } from './logits.ts';

/** x itself. */
export function linear(x: Tensor): Tensor {
  return x;
}

/** max(x, 0). */
export function relu(x: Tensor): Tensor {
  return nn.relu(x);
}

/** min(max(x, 0), 6). */
export function relu6(x: Tensor): Tensor {
  return nn.relu6(x);
}

/** x above 0, 0.2 x below. */
export function leakyRelu(x: Tensor): Tensor {
  return nn.leakyRelu(x);
}

/** x above 0, e^x - 1 below (Clevert 2015). */
export function elu(x: Tensor): Tensor {
  return nn.elu(x);
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

/** x / (1 + |x|). */
export function softsign(x: Tensor): Tensor {
  return nn.softsign(x);
}

/** 1 / (1 + e^-x). A binary cross-entropy of the result is computed from x itself. */
export function sigmoid(x: Tensor): Tensor {
  return rememberLogits(plainSigmoid(x), { normalizer: 'sigmoid', logits: x });
}

/** The hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return plainTanh(x);
}

/** x / 6 + 1/2, limited to [0, 1]. */
export function hardSigmoid(x: Tensor): Tensor {
  return clip(add(div(x, 6), 0.5), 0, 1);
}

/** x sigmoid(x), also called swish. */
export function silu(x: Tensor): Tensor {
  return nn.silu(x);
}

/**
 * x times the distribution function of the normal distribution: x (1 + erf(x / sqrt 2)) / 2 (Hendrycks and
 * Gimpel 2016).
 */
export function gelu(x: Tensor): Tensor {
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
 * e^x over its sum along the last axis: logits [..., classes] to probabilities. A cross-entropy of the result
 * is computed from x itself.
 */
export function softmax(x: Tensor): Tensor {
  return rememberLogits(nn.softmax(x), { normalizer: 'softmax', logits: x });
}

/** log(softmax(x)) along the last axis, finite for finite logits. */
export function logSoftmax(x: Tensor): Tensor {
  return nn.logSoftmax(x);
}
