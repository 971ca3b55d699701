import type { Node } from '../graph/node.ts';
import { type TensorLike, toFloatNode, toTensor } from '../ops/convert.ts';
import * as arithmetic from '../ops/math/arithmetic.ts';
import { less } from '../ops/math/compare.ts';
import { floor, log } from '../ops/math/math.ts';
import { erfInv } from '../ops/math/special.ts';
import { argmax } from '../ops/search/arg.ts';
import { add, cast, full, mul, select } from '../primitives/elementwise/arithmetic.ts';
import { and, lt, maximum } from '../primitives/elementwise/compare.ts';
import { erfReference } from '../primitives/elementwise/error-function.ts';
import { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';
import type { Shape } from '../util/shapes.ts';
import { bitsOf } from './keys.ts';

type Float = 'float32' | 'float64';

/** Options of `uniform`. */
export interface UniformOptions {
  /** Least value. Default 0. */
  readonly minval?: number;
  /** Values stay below it. Default 1. */
  readonly maxval?: number;
  /** Default float32. */
  readonly dtype?: Float;
}

/** Options of the normal distributions. */
export interface NormalOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Standard deviation. Default 1. */
  readonly stddev?: number;
  /** Default float32. */
  readonly dtype?: Float;
}

/** int32 bits, those under the mask, read as a fraction of 2^32: in [0, 1), exact if the type holds the bits. */
function fraction(bits: Node, mask: number, dtype: Float): Node {
  const signed = mul(cast(and(bits, full(bits, mask)), dtype), full(cast(bits, dtype), 2 ** -32));
  return select(lt(signed, full(signed, 0)), add(signed, full(signed, 1)), signed);
}

/** 23 random bits for float32, 52 for float64, as a fraction in [0, 1). */
function unit(key: Tensor, shape: Shape, dtype: Float, where: string): Node {
  if (dtype === 'float32') return fraction(bitsOf(key, shape, 'both', where), ~0x1ff, dtype);
  const high = fraction(bitsOf(key, shape, 'first', where), -1, dtype);
  const low = fraction(bitsOf(key, shape, 'second', where), ~0xfff, dtype);
  return add(high, mul(low, full(low, 2 ** -32)));
}

function uniformNode(
  key: Tensor,
  shape: Shape,
  minval: number,
  maxval: number,
  dtype: Float,
  where: string,
): Node {
  const values = unit(key, shape, dtype, where);
  const round = dtype === 'float32' ? Math.fround : (x: number) => x;
  const low = full(values, round(minval));
  const scaled = add(mul(values, full(values, round(round(maxval) - round(minval)))), low);
  return maximum(scaled, low);
}

/**
 * Uniform in [minval, maxval), default [0, 1): multiples of 2^-23 (float32) or 2^-52 (float64), scaled.
 * The float32 values are those of `jax.random.uniform`.
 */
export function uniform(key: Tensor, shape: Shape = [], options: UniformOptions = {}): Tensor {
  const { minval = 0, maxval = 1, dtype = 'float32' } = options;
  return new Tensor(uniformNode(key, shape, minval, maxval, dtype, 'uniform'));
}

/** The least number above -1, so that the inverse error function stays finite. */
const ABOVE_MINUS_ONE = { float32: -1 + 2 ** -24, float64: -1 + 2 ** -53 };

function scaledNormal(uniform: Node, { mean = 0, stddev = 1 }: NormalOptions): Tensor {
  const standard = arithmetic.mul(erfInv(new Tensor(uniform)), Math.SQRT2);
  return arithmetic.add(arithmetic.mul(standard, stddev), mean);
}

/** Normal with `mean` (default 0) and `stddev` (default 1): the inverse error function of uniform numbers, as JAX. */
export function normal(key: Tensor, shape: Shape = [], options: NormalOptions = {}): Tensor {
  const { dtype = 'float32' } = options;
  return scaledNormal(uniformNode(key, shape, ABOVE_MINUS_ONE[dtype], 1, dtype, 'normal'), options);
}

/** Where the truncated normal distribution ends, in standard deviations, as in Keras. */
const CUT = 2;

/** Normal cut off two standard deviations from the mean (the deviation of the result is 0.88 times `stddev`). */
export function truncatedNormal(key: Tensor, shape: Shape = [], options: NormalOptions = {}): Tensor {
  const { mean = 0, stddev = 1, dtype = 'float32' } = options;
  const limit = erfReference(CUT / Math.SQRT2);
  const values = uniformNode(key, shape, -limit, limit, dtype, 'truncatedNormal');
  const reach = CUT * Math.abs(stddev);
  return arithmetic.clip(scaledNormal(values, options), mean - reach, mean + reach);
}

/** true with probability p, as bool. @param p in [0, 1]; a tensor broadcasts against `shape`, default its own */
export function bernoulli(key: Tensor, p: TensorLike = 0.5, shape?: Shape): Tensor {
  return less(uniform(key, shape ?? toTensor(p, 'bernoulli').shape), p);
}

/** Whole numbers in [minval, maxval) as int32, equally likely but for 2^-52 of their range. */
export function randint(key: Tensor, shape: Shape, minval: number, maxval: number): Tensor {
  const inside = (x: number) => Number.isInteger(x) && x >= -(2 ** 31) && x <= 2 ** 31;
  if (!inside(minval) || !inside(maxval) || minval >= maxval) {
    throw new AntlerValueError({
      where: 'randint',
      expected: 'int32 bounds with minval < maxval',
      got: `${minval} and ${maxval}`,
    });
  }
  const place = arithmetic.mul(uniform(key, shape, { dtype: 'float64' }), maxval - minval);
  return arithmetic.cast(floor(arithmetic.add(place, minval)), 'int32');
}

/** The least positive normal float32: keeps the logarithm finite. */
const TINY = 2 ** -126;

/** Class numbers as int32, drawn with probabilities softmax(logits) along an axis, which leaves the shape (by the Gumbel-max trick). */
export function categorical(key: Tensor, logits: TensorLike, axis = -1): Tensor {
  const scores = new Tensor(toFloatNode(logits, 'categorical'));
  const gumbel = arithmetic.neg(
    log(arithmetic.neg(log(uniform(key, scores.shape, { minval: TINY, maxval: 1 })))),
  );
  return argmax(arithmetic.add(scores, gumbel), axis);
}

/**
 * What dropout multiplies with: 0 with probability `rate`, else 1 / (1 - rate).
 * @param rate in [0, 1)
 */
export function dropoutMask(key: Tensor, rate: number, shape: Shape, dtype: Float = 'float32'): Tensor {
  if (!(rate >= 0 && rate < 1)) {
    throw new AntlerValueError({ where: 'dropoutMask', expected: 'a rate in [0, 1)', got: `${rate}` });
  }
  return arithmetic.div(arithmetic.cast(bernoulli(key, 1 - rate, shape), dtype), 1 - rate);
}
