export { cond, type ScanOptions, scan, whileLoop } from './control/control.ts';
export type { TensorLike } from './convert.ts';
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
} from './create.ts';
export {
  type AffineInterpolation,
  type AffineOptions,
  affineTransform,
  type FillMode,
} from './image/affine-transform.ts';
export { depthToSpace, extractPatches, type PatchOptions, spaceToDepth } from './image/patches.ts';
export { type Interpolation, type ResizeOptions, resize } from './image/resize.ts';
export { putAlongAxis, takeAlongAxis } from './index/along-axis.ts';
export { at, type Index } from './index/indexing.ts';
export { gatherNd, type ScatterOptions, scatter, scatterUpdate } from './index/scatter.ts';
export { sliceUpdate } from './index/slice-update.ts';
export { take } from './index/take.ts';
export {
  cholesky,
  type Eigh,
  eigh,
  type QrFactors,
  qr,
  type Svd,
  svd,
} from './linalg/decompositions.ts';
export { diag, diagonal, trace } from './linalg/diagonals.ts';
export { einsum } from './linalg/einsum.ts';
export { dot, matmul, outer, tensordot } from './linalg/linalg.ts';
export {
  eigvalsh,
  lstsq,
  type MatrixNormOptions,
  type MatrixNormOrder,
  matrixNorm,
  matrixPower,
  matrixRank,
  matrixTranspose,
  svdvals,
} from './linalg/matrix-functions.ts';
export {
  det,
  inv,
  type PinvOptions,
  pinv,
  type Slogdet,
  slogdet,
  solve,
  solveTriangular,
  type TriangularOptions,
} from './linalg/solving.ts';
export { tril, triu } from './linalg/triangle.ts';
export { cross, kron, vecdot } from './linalg/vectors.ts';
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
} from './math/arithmetic.ts';
export { allclose, type CloseOptions, isclose, type NanOptions, nanToNum } from './math/close.ts';
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
} from './math/compare.ts';
export { type DiffOptions, diff } from './math/differences.ts';
export { exp2, log2, log10, logaddexp } from './math/logarithms.ts';
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
} from './math/math.ts';
export { leftShift, rightShift } from './math/shifts.ts';
export { copysign, fmod, signbit, trunc } from './math/signs.ts';
export { erfInv } from './math/special.ts';
export { acos, acosh, asin, asinh, atan, atan2, atanh, cosh, hypot, sinh } from './math/trigonometry.ts';
export { adaptiveAvgPool, adaptiveMaxPool } from './nn/adaptive-pool.ts';
export { type Conv1dOptions, type ConvOptions, conv1d, conv2d, conv3d } from './nn/conv.ts';
export {
  type ConvTransposeOptions,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
} from './nn/conv-transpose.ts';
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
} from './nn/nn.ts';
export {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  globalAvgPool,
  globalMaxPool,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  type PoolOptions,
} from './nn/pool.ts';
export {
  depthwiseConv1d,
  depthwiseConv2d,
  separableConv1d,
  separableConv2d,
} from './nn/separable-conv.ts';
export type { Padding, PerAxis } from './nn/windows.ts';
export type { AxisArgument, AxisOptions } from './reduce/axes.ts';
export {
  type BincountOptions,
  bincount,
  type Histogram,
  type HistogramOptions,
  histogram,
} from './reduce/counting.ts';
export {
  type CumulativeOptions,
  cummax,
  cummin,
  cumprod,
  cumsum,
  logcumsumexp,
  type RunningOptions,
} from './reduce/cumulative.ts';
export { type Moments, moments, type NormalizeOptions, normalize } from './reduce/moments.ts';
export { nanmax, nanmean, nanmin, nanprod, nansum } from './reduce/nan-reductions.ts';
export { median, quantile } from './reduce/quantile.ts';
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
  type VarianceOptions,
  variance,
} from './reduce/reduce.ts';
export { segmentMax, segmentMean, segmentMin, segmentSum } from './reduce/segments.ts';
export { type ArgOptions, argmax, argmin } from './search/arg.ts';
export { nonzero, type Unique, unique } from './search/data-dependent.ts';
export { isin } from './search/membership.ts';
export { type SearchOptions, searchsorted } from './search/searching.ts';
export { argsort, type SortOptions, sort, type TopK, topK } from './search/sort.ts';
export { broadcastArrays, type MeshgridOptions, meshgrid } from './shape/grids.ts';
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
} from './shape/shape.ts';
export { roll, slice, split, unstack } from './shape/slicing.ts';
export { type PadOptions, pad, repeat, tile } from './shape/tiling.ts';
export {
  type Complex,
  type ComplexLike,
  type FourierOptions,
  fft,
  fft2,
  ifft,
  ifft2,
  irfft,
  type RealFourierOptions,
  rfft,
} from './signal/fourier.ts';
export { type FrameOptions, type InverseFrameOptions, istft, stft } from './signal/spectrogram.ts';
