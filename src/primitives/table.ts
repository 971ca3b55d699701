/** Every primitive. Tests, documentation and backends enumerate this table. */
import type { Primitive } from '../graph/primitive.ts';
import { conv, convInputGradient, convKernelGradient } from './contraction/conv.ts';
import { matmul } from './contraction/matmul.ts';
import { poolScatter, poolSelect } from './contraction/pool-select.ts';
import { poolSpread, poolSum } from './contraction/pool-sum.ts';
import { cholesky } from './decomposition/cholesky.ts';
import { eigh } from './decomposition/eigh.ts';
import { lu } from './decomposition/lu.ts';
import { qr } from './decomposition/qr.ts';
import { svd } from './decomposition/svd.ts';
import { solveLower } from './decomposition/triangular.ts';
import { atan2 } from './elementwise/arc-tangent.ts';
import { add, cast, div, mul, neg, select, sqrt, sub } from './elementwise/arithmetic.ts';
import { abs, and, eq, le, lt, maximum, minimum, not, or, relu, sign, xor } from './elementwise/compare.ts';
import { erf } from './elementwise/error-function.ts';
import { exp, log, sigmoid, tanh } from './elementwise/exponential.ts';
import { acosh, asinh, atanh, cosh, sinh } from './elementwise/hyperbolic.ts';
import { expm1, log1p } from './elementwise/near-one.ts';
import { pow } from './elementwise/power.ts';
import { ceil, floor, round } from './elementwise/rounding.ts';
import { shiftLeft, shiftRight } from './elementwise/shift.ts';
import { cos, sin } from './elementwise/trigonometric.ts';
import { alias, constant, input, stopGradient } from './leaf.ts';
import { hashBits, iota, randomBits } from './random.ts';
import { cumsum, linearScan } from './reduction/cumulative.ts';
import { cumulativeArgmax } from './reduction/cumulative-argmax.ts';
import { prod, reduceMax, reduceMin, sum } from './reduction/reduce.ts';
import { sortOrder } from './reduction/sort-order.ts';
import { restart } from './restart.ts';
import { concat } from './structure/concat.ts';
import { pad } from './structure/pad.ts';
import { scatterMax } from './structure/scatter-max.ts';
import { scatterAdd, take } from './structure/take.ts';
import { broadcastTo, flip, reshape, slice, transpose } from './structure/views.ts';

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
  relu,
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
