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
export * from './ops/index.ts';
export {
  type OptimizerDescription,
  optimizerFromConfig,
  optimizerToConfig,
  registerOptimizer,
} from './optimizers/config.ts';
export { defineOptimizer } from './optimizers/definition.ts';
export * as optimizers from './optimizers/index.ts';
export {
  type MinimizeOptions,
  type MinimizeProgress,
  type Minimum,
  minimize,
} from './optimizers/minimize/minimize.ts';
export { Optimizer } from './optimizers/optimizer.ts';
export { OPTIMIZER_DEFAULTS, type OptimizerConfig } from './optimizers/options.ts';
export type { OptimizerLike, OptimizerName } from './optimizers/resolve.ts';
export type { SharedContext, StepContext, Update, UpdateContext } from './optimizers/rule.ts';
export type { LearningRate, LearningRateSchedule } from './optimizers/schedules/schedule.ts';
export * as learningRateSchedules from './optimizers/schedules.ts';
export * as plot from './plot/index.ts';
export {
  type AnnealingOptions,
  type Autoencoder,
  type AutoencoderOptions,
  autoencoder,
  type DenoisingOptions,
  type GibbsOptions,
  type GibbsResult,
  type LogPartitionEstimate,
  type PretrainOptions,
  pretrainDenoising,
  pretrainStack,
  Rbm,
  type RbmFitOptions,
  type RbmOptions,
  type RbmParameters,
  rbm,
  type UnitKind,
} from './pretraining/index.ts';
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
export * as tuning from './tuning/index.ts';
export { type TuneOptions, type Tuning, tune } from './tuning/tune.ts';
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
