import type { History } from '../callbacks/history.ts';
import type { WeightReport } from '../io/assign-weights.ts';
import { type BatchShape, formatBatchShapes, isOneShape } from '../layers/batch-shape.ts';
import { requireExampleShape } from '../layers/input-layout.ts';
import { type AnyLayer, Layer, resultParts } from '../layers/layer.ts';
import type { LayerOptions } from '../layers/layer-options.ts';
import type { Place } from '../layers/layer-weights.ts';
import { type Mapped, partsOf as partsOfSeveral, type Several } from '../layers/several.ts';
import type { LayerCall } from '../layers/symbolic-tensor.ts';
import { add } from '../ops/math/arithmetic.ts';
import { isFinite as isFiniteValue } from '../ops/math/compare.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { commitIf } from '../tensor/commit.ts';
import { gradients } from '../tensor/gradient.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import { Compiled, type CompileOptions, type Measured } from './compiled.ts';
import { type EvaluateOptions, evaluateModel } from './evaluate.ts';
import type { ByteSource } from './files/byte-source.ts';
import { type LoadWeightsOptions, loadWeights } from './files/load-weights.ts';
import { type SaveModelOptions, saveModel } from './files/save-model.ts';
import { saveWeights } from './files/save-weights.ts';
import { fitBatches, fitModel } from './fit.ts';
import type { FitOptions } from './fit-options.ts';
import type { ModelOutput } from './output-head.ts';
import type { RowsOfPorts } from './port-rows.ts';
import { type PredictOptions, predictRows } from './predict.ts';
import { isLabelled, type LabelledData, partsOf } from './rows.ts';
import { type SummaryOptions, summarize } from './summary.ts';
import { type BatchSource, isBatchSource } from './supply/batch-source.ts';
import { evaluateDataset } from './supply/evaluate-batches.ts';
import { predictBatches } from './supply/predict-batches.ts';

/** Labels of a batch: of the only output, or of each in order, null where nothing is learnt. */
export type BatchLabels = Tensor | readonly (Tensor | null)[];

/** One batch on the device, of a model of one input and one output. */
export interface Batch<X extends Several<Tensor> = Tensor, Y extends BatchLabels = Tensor> {
  /** [batch, ...example] of each input. */
  readonly x: X;
  /** [batch, ...label] of each output. */
  readonly y: Y;
  /** [batch], or null where all examples count alike. */
  readonly sampleWeight: Tensor | null;
}

/** A batch of a model of any number of inputs and outputs. */
export type AnyBatch = Batch<Several<Tensor>, BatchLabels>;

/** A model of any results. */
export type AnyModel = Model<Several<Tensor>>;

/** An application of a layer in a graph, and the names of the layers whose results it takes. */
export interface LayerUse {
  readonly call: LayerCall;
  readonly sources: readonly string[];
}

/** How far training has come: the epoch, and the batches of it that are done. */
export interface TrainingState {
  readonly epoch: number;
  readonly step: number;
}

/** A layer that can be trained: `compile`, `fit`, `evaluate`, `predict`. As Keras 3. */
export abstract class Model<Result extends Several<Tensor> = Tensor> extends Layer<Result> {
  /** Where training stands; where `fit` goes on when told `initialEpoch` and `initialStep`. */
  trainingState: TrainingState = { epoch: 0, step: 0 };
  #compiled: Compiled | undefined;
  #trainProgram: ((batch: AnyBatch) => Tensor) | undefined;
  #trainedWeights: readonly Variable[] = [];
  #testProgram: ((batch: AnyBatch) => Tensor) | undefined;
  #predictProgram: ((x: Several<Tensor>) => Result) | undefined;

  constructor(type: string, options: LayerOptions = {}) {
    super(type, options);
  }

  /** Shape of the prediction, null for the batch. @throws AntlerValueError before the model is built */
  get outputShape(): Mapped<Result, Tensor, BatchShape> {
    return this.computeOutputShape(this.requireBuiltShapes('outputShape'));
  }

  /** Names under which inputs may come. */
  get inputNames(): readonly string[] {
    const { builtShape = [] } = this;
    const { items, names } = partsOfSeveral(builtShape, isOneShape);
    return names ?? numbered('input', items.length);
  }

  /** Names of the outputs, for losses, metrics and labels. */
  get outputNames(): readonly string[] {
    const { items, names } = partsOfSeveral<BatchShape>(this.outputShape as Several<BatchShape>, isOneShape);
    return names ?? numbered('output', items.length);
  }

  /** Names and shapes of the outputs. @throws AntlerValueError before the model is built */
  get namedOutputs(): readonly ModelOutput[] {
    const { items } = partsOfSeveral<BatchShape>(this.outputShape as Several<BatchShape>, isOneShape);
    return this.outputNames.map((name, i) => ({ name, shape: at(items, i) }));
  }

  /** Where a layer stands in the graph of the model, each application; undefined for a model without a graph. */
  usesOf(_layer: AnyLayer): readonly LayerUse[] | undefined {
    return undefined;
  }

  /** The layer of a name. @throws AntlerValueError if there is none */
  getLayer(name: string): AnyLayer {
    const found = this.innerLayers.find((layer) => layer.name === name);
    if (found) return found;
    const known = this.innerLayers.map((layer) => layer.name);
    throw unknownName({ where: `${this.label}.getLayer`, kind: 'the name of a layer', name, known });
  }

  /**
   * Says how to train and what to measure. Training states begin anew.
   * @throws AntlerValueError for unknown names
   */
  compile(options: CompileOptions): void {
    this.#compiled = new Compiled(options, this.name);
    this.trainingState = { epoch: 0, step: 0 };
    this.#trainProgram = undefined;
    this.#testProgram = undefined;
  }

  /** Whether `compile` was called. */
  get isCompiled(): boolean {
    return this.#compiled !== undefined;
  }

  /** Optimizer, loss and metrics. @throws AntlerValueError before `compile` */
  get compiled(): Compiled {
    if (this.#compiled) return this.#compiled;
    throw new AntlerValueError({
      where: this.name,
      expected: 'a compiled model',
      got: 'one without loss and optimizer',
      fix: "call compile({ optimizer: 'adam', loss: ... }) first",
    });
  }

  get optimizer(): Optimizer {
    return this.compiled.optimizer;
  }

  /**
   * Everything that training changes: weights, random streams, what stateful layers carry on, optimizer, figures so
   * far. What a checkpoint holds.
   */
  get stateVariables(): readonly Variable[] {
    const { optimizer, trackerVariables } = this.compiled;
    const ofLayers = [...this.weights, ...this.seedStates, ...this.carriedStates];
    return [...ofLayers, ...optimizer.variables, ...trackerVariables];
  }

  /**
   * Learns from examples. Training stops with an AntlerNumericError at a loss that is not finite, before its
   * update.
   * @param x examples: a tensor, nested arrays, or `{ data, shape }`; for several inputs a list or by name; or a
   *   dataset that has labels too, or one that gives batches
   * @param y labels, as the loss takes them; for several outputs a list or by name
   */
  async fit(x: RowsOfPorts, y: RowsOfPorts, options?: FitOptions): Promise<History>;
  async fit(dataset: LabelledData | BatchSource, options?: FitOptions): Promise<History>;
  async fit(
    x: RowsOfPorts | LabelledData | BatchSource,
    second: RowsOfPorts | FitOptions = {},
    third: FitOptions = {},
  ): Promise<History> {
    if (isBatchSource(x)) return fitBatches(this, x, second as FitOptions);
    if (isLabelled(x)) return fitModel(this, ...partsOf(x), second as FitOptions);
    return fitModel(this, x, second as RowsOfPorts, third);
  }

  /** Loss and metrics over examples, by name. */
  async evaluate(x: RowsOfPorts, y: RowsOfPorts, options?: EvaluateOptions): Promise<Record<string, number>>;
  async evaluate(
    dataset: LabelledData | BatchSource,
    options?: EvaluateOptions,
  ): Promise<Record<string, number>>;
  async evaluate(
    x: RowsOfPorts | LabelledData | BatchSource,
    second: RowsOfPorts | EvaluateOptions = {},
    third: EvaluateOptions = {},
  ): Promise<Record<string, number>> {
    if (isBatchSource(x)) return evaluateDataset(this, x, second as EvaluateOptions);
    if (isLabelled(x)) return evaluateModel(this, ...partsOf(x), second as EvaluateOptions);
    return evaluateModel(this, x, second as RowsOfPorts, third);
  }

  /** Predictions for examples or a dataset's batches, [count, ...output] of each output; computed in batches. */
  async predict(x: RowsOfPorts | BatchSource, options: PredictOptions = {}): Promise<Result> {
    if (isBatchSource(x)) return (await predictBatches(this, x, options)) as Result;
    return (await predictRows(this, x, options)) as Result;
  }

  /**
   * Writes the model with its weights, how it was compiled, and the state of the optimizer. The ending of the path says
   * how: `.keras` (Keras 3), `.h5` (Keras before), `.safetensors`, `.json` (TensorFlow.js, with shards beside it).
   * `loadModel` reads them all.
   * @throws AntlerValueError if the model is not built, or holds functions of your own; AntlerResourceError if the file
   *   cannot be written, or needs a package that is not installed
   */
  async save(path: string, options?: SaveModelOptions): Promise<void> {
    return saveModel(this as AnyModel, path, options);
  }

  /**
   * Writes the weights only: `.weights.h5` (Keras 3), `.h5` (Keras before), `.safetensors`, `.npz`.
   * @throws AntlerValueError if the model is not built; AntlerResourceError as for `save`
   */
  async saveWeights(path: string): Promise<void> {
    return saveWeights(this as AnyModel, path);
  }

  /**
   * Takes the weights of a file: of `saveWeights`, of `save`, or of Keras.
   * @throws AntlerDataError for a damaged file; and unless `strict` is false, for weights that are missing, surplus, or
   *   of another shape, before any is changed
   */
  async loadWeights(source: string | ByteSource, options?: LoadWeightsOptions): Promise<WeightReport> {
    return loadWeights(this as AnyModel, source, options);
  }

  /**
   * Makes what a training step needs: losses and metrics of the outputs, slots of the optimizer. A change of what
   * is trainable counts from here on. `fit` does it.
   * @throws AntlerValueError before the model is built or compiled
   */
  prepareTraining(): void {
    const weights = this.trainableWeights;
    this.compiled.headsFor(this.namedOutputs);
    this.compiled.optimizer.build(weights);
    const known = this.#trainedWeights;
    if (weights.length !== known.length || weights.some((weight, i) => weight !== known[i])) {
      this.#trainProgram = undefined;
      this.#trainedWeights = weights;
    }
  }

  /**
   * A table of the layers: shapes, parameters, multiply-adds, activation memory. Printed unless `print` is
   * null.
   */
  summary(options: SummaryOptions = {}): string {
    return summarize(this as AnyModel, options);
  }

  /**
   * One step of training: forward, loss, gradients, update, metrics. Traced and compiled into one program;
   * override it for training of another kind.
   * @returns the loss of the batch, a scalar
   */
  trainStep(batch: AnyBatch): Tensor {
    const { optimizer } = this.compiled;
    const predictions = this.apply(batch.x, { training: true });
    const loss = this.computeLoss(batch, predictions);
    const weights = this.trainableWeights;
    const slopes = gradients(
      loss,
      weights.map((weight) => weight.read()),
    );
    optimizer.apply(slopes, weights);
    this.compiled.measure(measured(batch, predictions), loss);
    return loss;
  }

  /** One step of evaluation. @returns the loss of the batch, a scalar */
  testStep(batch: AnyBatch): Tensor {
    const predictions = this.apply(batch.x);
    const loss = this.computeLoss(batch, predictions);
    this.compiled.measure(measured(batch, predictions), loss);
    return loss;
  }

  /** Loss of predictions: the weighted sum over outputs, with the penalties of regularized weights. */
  computeLoss(batch: AnyBatch, predictions: Result): Tensor {
    const loss = this.compiled.loss(measured(batch, predictions));
    const penalty = this.penalty();
    return penalty ? add(loss, penalty) : loss;
  }

  /**
   * The compiled training step. A step whose loss is not finite changes nothing. Gradients that are not finite beside a
   * finite loss show in the loss of the next step: looking at all of them took 2 % (LeNet-5) to 6 % (an MLP) of a step.
   */
  get trainProgram(): (batch: AnyBatch) => Tensor {
    this.#trainProgram ??= jit((batch: AnyBatch) => {
      const loss = this.trainStep(batch);
      commitIf(isFiniteValue(loss));
      return loss;
    });
    return this.#trainProgram;
  }

  /** The compiled evaluation step. */
  get testProgram(): (batch: AnyBatch) => Tensor {
    this.#testProgram ??= jit((batch: AnyBatch) => this.testStep(batch));
    return this.#testProgram;
  }

  /** The compiled forward pass. */
  get predictProgram(): (x: Several<Tensor>) => Result {
    this.#predictProgram ??= jit((x: Several<Tensor>) => this.apply(x));
    return this.#predictProgram;
  }

  /** The shape that a model of one input was built for. @throws AntlerValueError before that */
  requireBuiltShape(method: string): BatchShape {
    const shapes = this.requireBuiltShapes(method);
    if (isOneShape(shapes)) return shapes;
    throw new AntlerValueError({
      where: `${this.label}.${method}`,
      expected: 'a model of one input',
      got: `inputs ${formatBatchShapes(shapes)}`,
    });
  }

  /** The shapes of the inputs that the model was built for. @throws AntlerValueError before that */
  requireBuiltShapes(method: string): Several<BatchShape> {
    const { builtShape } = this;
    if (builtShape) return builtShape;
    throw new AntlerValueError({
      where: `${this.label}.${method}`,
      expected: 'a model that is built',
      got: 'one whose input shape is not known yet',
      fix: 'give inputShape to the first layer, or call build([null, ...shape])',
    });
  }

  /** Names of weights in the outermost model begin with its layers. */
  protected override get innerPlace(): Place {
    return { prefix: this.isOwned ? this.path : '', seed: this.seed };
  }

  protected override checkInput(inputShape: Several<BatchShape>): void {
    const { builtShape } = this;
    if (!builtShape) return;
    const built = partsOfSeveral(builtShape, isOneShape).items;
    partsOfSeveral(inputShape, isOneShape).items.forEach((shape, i) => {
      requireExampleShape(shape, at(built, i), 'input');
    });
  }
}

/** A batch and its predictions, output by output. */
function measured({ y, sampleWeight }: AnyBatch, predictions: Several<Tensor>): Measured {
  return { labels: [y].flat(), predictions: resultParts(predictions).items, sampleWeight };
}

/** `input`, or `input_0`, `input_1`, ... */
function numbered(name: string, count: number): string[] {
  return count === 1 ? [name] : Array.from({ length: count }, (_, i) => `${name}_${i}`);
}
