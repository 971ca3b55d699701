import { installMethods } from './methods.ts';

installMethods();

export { type ArgOptions, argmax, argmin } from './ops/arg.ts';
export {
  abs,
  add,
  cast,
  clip,
  div,
  floorDiv,
  maximum,
  minimum,
  mod,
  mul,
  neg,
  pow,
  reciprocal,
  sign,
  square,
  sub,
  where,
} from './ops/arithmetic.ts';
export type { AxisArgument, AxisOptions } from './ops/axes.ts';
export {
  bitwiseAnd,
  bitwiseNot,
  bitwiseOr,
  bitwiseXor,
  equal,
  greater,
  greaterEqual,
  isFinite,
  isInf,
  isNan,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  notEqual,
} from './ops/compare.ts';
export { type Conv1dOptions, type ConvOptions, conv1d, conv2d, conv3d, convTranspose2d } from './ops/conv.ts';
export type { TensorLike } from './ops/convert.ts';
export {
  arange,
  eye,
  full,
  fullLike,
  linspace,
  oneHot,
  ones,
  onesLike,
  scalar,
  tensor,
  tri,
  variable,
  zeros,
  zerosLike,
} from './ops/create.ts';
export { einsum } from './ops/einsum.ts';
export { at, type Index } from './ops/indexing.ts';
export { dot, matmul, outer, tensordot } from './ops/linalg.ts';
export {
  ceil,
  cos,
  erf,
  exp,
  expm1,
  floor,
  log,
  log1p,
  round,
  rsqrt,
  sigmoid,
  sin,
  sqrt,
  tan,
  tanh,
} from './ops/math.ts';
export {
  type ClassAxis,
  elu,
  gelu,
  leakyRelu,
  logSoftmax,
  relu,
  relu6,
  silu,
  softmax,
  softplus,
  softsign,
} from './ops/nn.ts';
export {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  type PoolOptions,
} from './ops/pool.ts';
export {
  all,
  any,
  countNonzero,
  logsumexp,
  max,
  mean,
  min,
  type NormOptions,
  norm,
  prod,
  std,
  stopGradient,
  sum,
  variance,
} from './ops/reduce.ts';
export {
  broadcastTo,
  concat,
  expandDims,
  flatten,
  flip,
  moveaxis,
  reshape,
  squeeze,
  stack,
  swapaxes,
  transpose,
} from './ops/shape.ts';
export { roll, slice, split, unstack } from './ops/slicing.ts';
export { erfInv } from './ops/special.ts';
export { take } from './ops/take.ts';
export { type PadOptions, pad, repeat, tile } from './ops/tiling.ts';
export { tril, triu } from './ops/triangle.ts';
export type { Padding, PerAxis } from './ops/windows.ts';

export * as random from './random/index.ts';

export { type BackendName, getBackend, setBackend } from './tensor/engine.ts';
export { grad, valueAndGrad } from './tensor/gradient.ts';
export { jit } from './tensor/jit.ts';
export { type NestedArray, Tensor } from './tensor/tensor.ts';
export { Variable, type VariableOptions } from './tensor/variable.ts';
export type { DType, TypedArray } from './util/dtypes.ts';
export {
  AntlerDataError,
  AntlerError,
  AntlerNumericError,
  AntlerResourceError,
  AntlerShapeError,
  AntlerTraceError,
  AntlerTypeError,
  AntlerValueError,
} from './util/errors.ts';
export type { Shape } from './util/shapes.ts';
