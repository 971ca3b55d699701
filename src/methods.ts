import { putAlongAxis, takeAlongAxis } from './ops/index/along-axis.ts';
import { at } from './ops/index/indexing.ts';
import { gatherNd, scatterUpdate } from './ops/index/scatter.ts';
import { sliceUpdate } from './ops/index/slice-update.ts';
import { take } from './ops/index/take.ts';
import { diagonal, trace } from './ops/linalg/diagonals.ts';
import { dot, matmul, outer, tensordot } from './ops/linalg/linalg.ts';
import { matrixPower, matrixTranspose } from './ops/linalg/matrix-functions.ts';
import { tril, triu } from './ops/linalg/triangle.ts';
import { cross, kron, vecdot } from './ops/linalg/vectors.ts';
import * as arithmetic from './ops/math/arithmetic.ts';
import { allclose, isclose, nanToNum } from './ops/math/close.ts';
import * as compare from './ops/math/compare.ts';
import { toBool, toFloat, toInt } from './ops/math/conversions.ts';
import { diff } from './ops/math/differences.ts';
import { exp2, log2, log10, logaddexp } from './ops/math/logarithms.ts';
import * as math from './ops/math/math.ts';
import { leftShift, rightShift } from './ops/math/shifts.ts';
import { copysign, fmod, signbit, trunc } from './ops/math/signs.ts';
import { erfInv } from './ops/math/special.ts';
import * as trigonometry from './ops/math/trigonometry.ts';
import * as nn from './ops/nn/nn.ts';
import { cummax, cummin, cumprod, cumsum, logcumsumexp } from './ops/reduce/cumulative.ts';
import { normalize } from './ops/reduce/moments.ts';
import { nanmax, nanmean, nanmin, nanprod, nansum } from './ops/reduce/nan-reductions.ts';
import { median, quantile } from './ops/reduce/quantile.ts';
import * as reduce from './ops/reduce/reduce.ts';
import { argmax, argmin } from './ops/search/arg.ts';
import { isin } from './ops/search/membership.ts';
import { argsort, sort, topK } from './ops/search/sort.ts';
import * as shape from './ops/shape/shape.ts';
import { roll, slice, split, unstack } from './ops/shape/slicing.ts';
import { pad, repeat, tile } from './ops/shape/tiling.ts';
import { Tensor } from './tensor/tensor.ts';

const { add, sub, mul, div, neg, abs, sign, square, reciprocal, pow, floorDiv, mod } = arithmetic;
const { maximum, minimum, clip, cast } = arithmetic;
const { equal, notEqual, less, lessEqual, greater, greaterEqual, isNan, isInf } = compare;
const { bitwiseAnd, bitwiseOr, bitwiseXor, bitwiseNot } = compare;
const { logicalAnd, logicalOr, logicalXor, logicalNot } = compare;
const { sqrt, rsqrt, exp, log, expm1, log1p, sin, cos, tan, erf, sigmoid, tanh, floor, ceil, round } = math;
const { relu, relu6, leakyRelu, elu, silu, gelu, softplus, softsign, softmax, logSoftmax } = nn;
const { sum, prod, mean, variance, std, max, min, any, all, countNonzero, logsumexp, norm } = reduce;
const { reshape, flatten, transpose, swapaxes, moveaxis, expandDims, squeeze, broadcastTo, flip } = shape;
const { asin, acos, atan, atan2, sinh, cosh, asinh, acosh, atanh } = trigonometry;

/** Ops that are methods of their first argument. Where TensorFlow.js spells a method differently, so do we. */
const METHODS = {
  ...{ add, sub, mul, div, neg, abs, sign, square, reciprocal, pow, floorDiv, mod },
  ...{ maximum, minimum, clip, cast, toFloat, toInt, toBool },
  ...{ equal, notEqual, less, lessEqual, greater, greaterEqual, isNan, isInf, isFinite: compare.isFinite },
  ...{ logicalAnd, logicalOr, logicalXor, logicalNot },
  ...{ sqrt, rsqrt, exp, log, expm1, log1p, sin, cos, tan, erf, sigmoid, tanh, floor, ceil, round },
  ...{ asin, acos, atan, atan2, sinh, cosh, asinh, acosh, atanh, exp2, log2, log10, logaddexp },
  ...{ isclose, allclose, nanToNum, leftShift, rightShift, isin },
  ...{ trunc, fmod, signbit, copysign, bitwiseAnd, bitwiseOr, bitwiseXor, bitwiseNot },
  ...{ nansum, nanprod, nanmean, nanmax, nanmin, normalize },
  ...{ relu, relu6, leakyRelu, elu, silu, gelu, softplus, softsign, softmax, logSoftmax },
  ...{ sum, prod, mean, variance, std, max, min, any, all, countNonzero, logsumexp, norm },
  ...{ argMax: argmax, argMin: argmin },
  ...{ reshape, flatten, transpose, swapaxes, moveaxis, expandDims, squeeze, broadcastTo, flip },
  ...{ cumsum, cumprod, cummax, cummin, logcumsumexp, diff, median, quantile },
  ...{ sort, argsort, topk: topK, takeAlongAxis, putAlongAxis, gatherND: gatherNd, scatterUpdate },
  ...{ slice, split, unstack, roll, at, gather: take, pad, tile, repeat, tril, triu },
  ...{
    matMul: matmul,
    dot,
    outer,
    tensordot,
    vecdot,
    cross,
    kron,
    matrixTranspose,
    matrixPower,
    sliceUpdate,
  },
  ...{ erfInv, diagonal, trace, hypot: trigonometry.hypot },
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
