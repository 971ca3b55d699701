import { argmax, argmin } from './ops/arg.ts';
import * as arithmetic from './ops/arithmetic.ts';
import * as compare from './ops/compare.ts';
import { toBool, toFloat, toInt } from './ops/conversions.ts';
import { at } from './ops/indexing.ts';
import { dot, matmul, outer, tensordot } from './ops/linalg.ts';
import * as math from './ops/math.ts';
import * as nn from './ops/nn.ts';
import * as reduce from './ops/reduce.ts';
import * as shape from './ops/shape.ts';
import { roll, slice, split, unstack } from './ops/slicing.ts';
import { take } from './ops/take.ts';
import { pad, repeat, tile } from './ops/tiling.ts';
import { tril, triu } from './ops/triangle.ts';
import { Tensor } from './tensor/tensor.ts';

const { add, sub, mul, div, neg, abs, sign, square, reciprocal, pow, floorDiv, mod } = arithmetic;
const { maximum, minimum, clip, cast } = arithmetic;
const { equal, notEqual, less, lessEqual, greater, greaterEqual, isNan, isInf } = compare;
const { logicalAnd, logicalOr, logicalXor, logicalNot } = compare;
const { sqrt, rsqrt, exp, log, expm1, log1p, sin, cos, tan, erf, sigmoid, tanh, floor, ceil, round } = math;
const { relu, relu6, leakyRelu, elu, silu, gelu, softplus, softsign, softmax, logSoftmax } = nn;
const { sum, prod, mean, variance, std, max, min, any, all, countNonzero, logsumexp, norm } = reduce;
const { reshape, flatten, transpose, swapaxes, moveaxis, expandDims, squeeze, broadcastTo, flip } = shape;

/** Ops that are methods of their first argument. Where TensorFlow.js spells a method differently, so do we. */
const METHODS = {
  ...{ add, sub, mul, div, neg, abs, sign, square, reciprocal, pow, floorDiv, mod },
  ...{ maximum, minimum, clip, cast, toFloat, toInt, toBool },
  ...{ equal, notEqual, less, lessEqual, greater, greaterEqual, isNan, isInf, isFinite: compare.isFinite },
  ...{ logicalAnd, logicalOr, logicalXor, logicalNot },
  ...{ sqrt, rsqrt, exp, log, expm1, log1p, sin, cos, tan, erf, sigmoid, tanh, floor, ceil, round },
  ...{ relu, relu6, leakyRelu, elu, silu, gelu, softplus, softsign, softmax, logSoftmax },
  ...{ sum, prod, mean, variance, std, max, min, any, all, countNonzero, logsumexp, norm },
  ...{ argMax: argmax, argMin: argmin },
  ...{ reshape, flatten, transpose, swapaxes, moveaxis, expandDims, squeeze, broadcastTo, flip },
  ...{ slice, split, unstack, roll, at, gather: take, pad, tile, repeat, tril, triu },
  ...{ matMul: matmul, dot, outer, tensordot },
};

/** The arguments behind the first. */
type Rest<F> = F extends (first: never, ...rest: infer Arguments) => unknown ? Arguments : never;

type Result<F> = F extends (...args: never) => infer Value ? Value : never;

/** The ops as methods: `x.matMul(w).add(b).relu()` is `relu(add(matmul(x, w), b))`. */
export type TensorMethods = {
  [Name in keyof typeof METHODS]: (...args: Rest<(typeof METHODS)[Name]>) => Result<(typeof METHODS)[Name]>;
};

declare module './tensor/tensor.ts' {
  interface Tensor extends TensorMethods {}
}

/** Gives tensors their methods. The package's entry calls it once. */
export function installMethods(): void {
  for (const [name, op] of Object.entries(METHODS)) {
    const apply = op as (first: Tensor, ...rest: readonly unknown[]) => unknown;
    Object.defineProperty(Tensor.prototype, name, {
      value(this: Tensor, ...rest: readonly unknown[]) {
        return apply(this, ...rest);
      },
      writable: true,
      configurable: true,
    });
  }
}
