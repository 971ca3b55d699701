/** Every primitive. Tests, documentation and backends enumerate this table. */
import type { Primitive } from '../graph/primitive.ts';
import { atan2 } from './arc-tangent.ts';
import { add, cast, div, mul, neg, select, sqrt, sub } from './arithmetic.ts';
import { cholesky } from './cholesky.ts';
import { abs, and, eq, le, lt, maximum, minimum, not, or, sign, xor } from './compare.ts';
import { concat } from './concat.ts';
import { conv, convInputGradient, convKernelGradient } from './conv.ts';
import { cumsum, linearScan } from './cumulative.ts';
import { cumulativeArgmax } from './cumulative-argmax.ts';
import { eigh } from './eigh.ts';
import { erf } from './error-function.ts';
import { exp, log, sigmoid, tanh } from './exponential.ts';
import { acosh, asinh, atanh, cosh, sinh } from './hyperbolic.ts';
import { alias, constant, input, stopGradient } from './leaf.ts';
import { lu } from './lu.ts';
import { matmul } from './matmul.ts';
import { expm1, log1p } from './near-one.ts';
import { pad } from './pad.ts';
import { poolScatter, poolSelect, poolSpread, poolSum } from './pool.ts';
import { pow } from './power.ts';
import { qr } from './qr.ts';
import { hashBits, iota, randomBits } from './random.ts';
import { prod, reduceMax, reduceMin, sum } from './reduce.ts';
import { restart } from './restart.ts';
import { ceil, floor, round } from './rounding.ts';
import { scatterMax } from './scatter-max.ts';
import { shiftLeft, shiftRight } from './shift.ts';
import { sortOrder } from './sort-order.ts';
import { svd } from './svd.ts';
import { scatterAdd, take } from './take.ts';
import { solveLower } from './triangular.ts';
import { cos, sin } from './trigonometric.ts';
import { broadcastTo, flip, reshape, slice, transpose } from './views.ts';

const TABLE = [
  // leaves and identities
  input,
  constant,
  alias,
  stopGradient,
  restart,
  // arithmetic
  neg,
  add,
  sub,
  mul,
  div,
  sqrt,
  pow,
  cast,
  select,
  // comparison and logic
  eq,
  lt,
  le,
  and,
  or,
  xor,
  not,
  shiftLeft,
  shiftRight,
  maximum,
  minimum,
  abs,
  sign,
  // transcendental
  exp,
  log,
  expm1,
  log1p,
  sigmoid,
  tanh,
  sin,
  cos,
  atan2,
  sinh,
  cosh,
  asinh,
  acosh,
  atanh,
  erf,
  // rounding
  floor,
  ceil,
  round,
  // views
  reshape,
  transpose,
  broadcastTo,
  slice,
  flip,
  // structure
  pad,
  concat,
  take,
  scatterAdd,
  scatterMax,
  // reductions
  sum,
  reduceMax,
  reduceMin,
  prod,
  // along an axis, in order
  cumsum,
  linearScan,
  cumulativeArgmax,
  sortOrder,
  // contractions
  matmul,
  conv,
  convInputGradient,
  convKernelGradient,
  // decompositions
  solveLower,
  cholesky,
  lu,
  qr,
  eigh,
  svd,
  // pooling
  poolSelect,
  poolScatter,
  poolSum,
  poolSpread,
  // positions and random bits
  iota,
  randomBits,
  hashBits,
] as const;

export const PRIMITIVES: readonly Primitive[] = TABLE.map(({ primitive }) => primitive);
