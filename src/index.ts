import { installMethods } from './methods.ts';

installMethods();

export * as activations from './activations/index.ts';
export {
  type Activation,
  type ActivationLike,
  type ActivationName,
  registerActivation,
} from './activations/resolve.ts';
export type { BackupAndRestoreOptions } from './callbacks/backup-and-restore.ts';
export type {
  BatchLogs,
  Callback,
  CallbackState,
  EpochLogs,
  EvaluationContext,
  Logs,
  TrainContext,
  TrainedModel,
} from './callbacks/callback.ts';
export type { CsvLoggerOptions } from './callbacks/csv-logger.ts';
export type { EarlyStoppingOptions } from './callbacks/early-stopping.ts';
export type { History } from './callbacks/history.ts';
export * as callbacks from './callbacks/index.ts';
export type { ModelCheckpointOptions } from './callbacks/model-checkpoint.ts';
export type { MonitorMode, MonitorOptions } from './callbacks/monitor.ts';
export type { ReduceLROnPlateauOptions } from './callbacks/reduce-lr-on-plateau.ts';
export type { SwapEMAWeightsOptions } from './callbacks/swap-ema-weights.ts';
export type { TensorBoardOptions } from './callbacks/tensor-board.ts';
export type {
  ExplainedBlock,
  ExplainedGraph,
  ExplainedKernel,
  ExplainedMemory,
  ExplainedModule,
  ExplainedNode,
  ExplainedOperation,
  ExplainedPhase,
  ExplainedPlace,
  ExplainedRegion,
  ExplainedRuns,
  ExplainedTiming,
  Explanation,
  NamedNode,
} from './compiler/explain/explanation.ts';
export {
  EXPLANATION_LEVELS,
  type ExplanationLevel,
  formatExplanation,
} from './compiler/explain/text/format.ts';
export type { Constraint, ConstraintLike } from './constraints/constraints.ts';
export * as constraints from './constraints/index.ts';
export { datasets, type LabelledTensors, type TensorDataset } from './data/datasets.ts';
export * as data from './data/index.ts';
export type { LabelledImages } from './data/labelled-images.ts';
export * as initializers from './initializers/index.ts';
export { defineInitializer, type Initializer, type InitializerContext } from './initializers/initializer.ts';
export type { InitializerLike, InitializerName } from './initializers/resolve.ts';
export { loadNpy, loadNpz, saveNpy, saveNpz } from './io/numpy/numpy.ts';
export type { BatchShape } from './layers/batch-shape.ts';
export type { CallContext, CallOptions } from './layers/call.ts';
export { type InputOptions, symbolicInput as input } from './layers/core/input.ts';
export {
  defineLayer,
  defineMultiLayer,
  type LayerDefinition,
  type LayerFactory,
  type LayerState,
  type LayerView,
  type MultiLayerDefinition,
  type OptionsOf,
} from './layers/define-layer.ts';
export type { DTypePolicy, DTypePolicyLike } from './layers/dtype-policy.ts';
export * as layers from './layers/index.ts';
export { Layer } from './layers/layer.ts';
export { type LayerDescription, layerToConfig } from './layers/layer-config.ts';
export type { LayerConfig, LayerOptions } from './layers/layer-options.ts';
export type { WeightFactory, WeightOptions } from './layers/layer-weights.ts';
export {
  type CellRun,
  RecurrentCell,
  type RunContext,
  type StepResult,
} from './layers/recurrent/cell.ts';
export type { RecurrentLayer } from './layers/recurrent/recurrent-layer.ts';
export type { SeedGenerator } from './layers/seed-generator.ts';
export type { Mapped, Several } from './layers/several.ts';
export { SymbolicTensor } from './layers/symbolic-tensor.ts';
export { type CtcOptions, ctcLoss } from './losses/ctc-loss.ts';
export * as losses from './losses/index.ts';
export { defineLoss, type LabelKind, type Loss, type Reduction } from './losses/loss.ts';
export type { LossLike, LossName } from './losses/resolve.ts';
// names the module that declares the methods, so that they are part of the published types
export type { TensorMethods } from './methods.ts';
export { Accumulated, type Accumulation, type Sums } from './metrics/accumulated.ts';
export { type ConfusionMatrixOptions, confusionMatrix } from './metrics/confusion-matrix.ts';
export * as metrics from './metrics/index.ts';
export { defineMean, Mean, type Metric, type MetricOptions } from './metrics/metric.ts';
export type { MetricLike, MetricName } from './metrics/resolve.ts';
export type { CompileOptions } from './models/compiled.ts';
export type { EvaluateOptions } from './models/evaluate.ts';
export { type LoadModelOptions, loadModel } from './models/files/load-model.ts';
export type { LoadWeightsOptions } from './models/files/load-weights.ts';
export { modelToBytes, type SaveModelOptions } from './models/files/save-model.ts';
export { weightsToBytes } from './models/files/save-weights.ts';
export {
  findLearningRate,
  type LearningRateSearch,
  type LearningRateSearchOptions,
} from './models/find-learning-rate.ts';
export type { FitOptions } from './models/fit-options.ts';
export { layerFromConfig, modelFromConfig, registerLayer, registerPart } from './models/from-config.ts';
export { Functional, type FunctionalOptions, model } from './models/functional.ts';
export { type AnyBatch, type Batch, type BatchLabels, Model, type TrainingState } from './models/model.ts';
export type { PerOutput } from './models/per-output.ts';
export { type PlotModelOptions, plotModel } from './models/plot/plot-model.ts';
export type { RowsOfPorts } from './models/port-rows.ts';
export type { PredictOptions } from './models/predict.ts';
export type { HostRows, RowsLike } from './models/rows.ts';
export { Sequential, type SequentialOptions, sequential } from './models/sequential.ts';
export type { SummaryOptions } from './models/summary.ts';
export { cond, type ScanOptions, scan, whileLoop } from './ops/control/control.ts';
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
export {
  type AffineInterpolation,
  type AffineOptions,
  affineTransform,
  type FillMode,
} from './ops/image/affine-transform.ts';
export { depthToSpace, extractPatches, type PatchOptions, spaceToDepth } from './ops/image/patches.ts';
export { type Interpolation, type ResizeOptions, resize } from './ops/image/resize.ts';
export { putAlongAxis, takeAlongAxis } from './ops/index/along-axis.ts';
export { at, type Index } from './ops/index/indexing.ts';
export { gatherNd, type ScatterOptions, scatter, scatterUpdate } from './ops/index/scatter.ts';
export { sliceUpdate } from './ops/index/slice-update.ts';
export { take } from './ops/index/take.ts';
export {
  cholesky,
  type Eigh,
  eigh,
  type QrFactors,
  qr,
  type Svd,
  svd,
} from './ops/linalg/decompositions.ts';
export { diag, diagonal, trace } from './ops/linalg/diagonals.ts';
export { einsum } from './ops/linalg/einsum.ts';
export { dot, matmul, outer, tensordot } from './ops/linalg/linalg.ts';
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
} from './ops/linalg/matrix-functions.ts';
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
} from './ops/linalg/solving.ts';
export { tril, triu } from './ops/linalg/triangle.ts';
export { cross, kron, vecdot } from './ops/linalg/vectors.ts';
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
} from './ops/math/arithmetic.ts';
export { allclose, type CloseOptions, isclose, type NanOptions, nanToNum } from './ops/math/close.ts';
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
} from './ops/math/compare.ts';
export { type DiffOptions, diff } from './ops/math/differences.ts';
export { exp2, log2, log10, logaddexp } from './ops/math/logarithms.ts';
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
} from './ops/math/math.ts';
export { leftShift, rightShift } from './ops/math/shifts.ts';
export { copysign, fmod, signbit, trunc } from './ops/math/signs.ts';
export { erfInv } from './ops/math/special.ts';
export { acos, acosh, asin, asinh, atan, atan2, atanh, cosh, hypot, sinh } from './ops/math/trigonometry.ts';
export { adaptiveAvgPool, adaptiveMaxPool } from './ops/nn/adaptive-pool.ts';
export { type Conv1dOptions, type ConvOptions, conv1d, conv2d, conv3d } from './ops/nn/conv.ts';
export {
  type ConvTransposeOptions,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
} from './ops/nn/conv-transpose.ts';
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
} from './ops/nn/nn.ts';
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
} from './ops/nn/pool.ts';
export {
  depthwiseConv1d,
  depthwiseConv2d,
  separableConv1d,
  separableConv2d,
} from './ops/nn/separable-conv.ts';
export type { Padding, PerAxis } from './ops/nn/windows.ts';
export type { AxisArgument, AxisOptions } from './ops/reduce/axes.ts';
export {
  type BincountOptions,
  bincount,
  type Histogram,
  type HistogramOptions,
  histogram,
} from './ops/reduce/counting.ts';
export {
  type CumulativeOptions,
  cummax,
  cummin,
  cumprod,
  cumsum,
  logcumsumexp,
  type RunningOptions,
} from './ops/reduce/cumulative.ts';
export { type Moments, moments, type NormalizeOptions, normalize } from './ops/reduce/moments.ts';
export { nanmax, nanmean, nanmin, nanprod, nansum } from './ops/reduce/nan-reductions.ts';
export { median, quantile } from './ops/reduce/quantile.ts';
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
} from './ops/reduce/reduce.ts';
export { segmentMax, segmentMean, segmentMin, segmentSum } from './ops/reduce/segments.ts';
export { type ArgOptions, argmax, argmin } from './ops/search/arg.ts';
export { nonzero, type Unique, unique } from './ops/search/data-dependent.ts';
export { isin } from './ops/search/membership.ts';
export { type SearchOptions, searchsorted } from './ops/search/searching.ts';
export { argsort, type SortOptions, sort, type TopK, topK } from './ops/search/sort.ts';
export { broadcastArrays, type MeshgridOptions, meshgrid } from './ops/shape/grids.ts';
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
} from './ops/shape/shape.ts';
export { roll, slice, split, unstack } from './ops/shape/slicing.ts';
export { type PadOptions, pad, repeat, tile } from './ops/shape/tiling.ts';
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
} from './ops/signal/fourier.ts';
export { type FrameOptions, type InverseFrameOptions, istft, stft } from './ops/signal/spectrogram.ts';
export {
  type OptimizerDescription,
  optimizerFromConfig,
  optimizerToConfig,
  registerOptimizer,
} from './optimizers/config.ts';
export { defineOptimizer } from './optimizers/definition.ts';
export * as optimizers from './optimizers/index.ts';
export { Optimizer } from './optimizers/optimizer.ts';
export { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './optimizers/options.ts';
export type { OptimizerLike, OptimizerName } from './optimizers/resolve.ts';
export type { SharedContext, StepContext, Update, UpdateContext } from './optimizers/rule.ts';
export type { LearningRate, LearningRateSchedule } from './optimizers/schedules/schedule.ts';
export * as learningRateSchedules from './optimizers/schedules.ts';
export * as random from './random/index.ts';
export * as regularizers from './regularizers/index.ts';
export type { Regularizer, RegularizerLike } from './regularizers/regularizers.ts';

export type { Axes } from './tensor/axis-tree.ts';
export { checkpoint } from './tensor/checkpoint.ts';
export { type ArgumentGradients, customGradient, type Saved } from './tensor/custom-gradient.ts';
export { type BackendName, getBackend, memoryUsage, setBackend } from './tensor/engine.ts';
export { type ExplainOptions, explain } from './tensor/explain/explain.ts';
export { grad, valueAndGrad } from './tensor/gradient.ts';
export { hessian, type Jacobian, jacobian } from './tensor/jacobian.ts';
export { type JitOptions, jit } from './tensor/jit.ts';
export { type NestedArray, Tensor } from './tensor/tensor.ts';
export { Variable, type VariableOptions } from './tensor/variable.ts';
export { jvp, vjp } from './tensor/vjp.ts';
export { type VmapOptions, vmap } from './tensor/vmap.ts';
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
