import type { History } from '../callbacks/history.ts';
import { type BatchShape, formatBatchShapes, isOneShape } from '../layers/batch-shape.ts';
import { requireExampleShape } from '../layers/input-layout.ts';
import { Layer } from '../layers/layer.ts';
import type { LayerOptions } from '../layers/layer-options.ts';
import type { Place } from '../layers/layer-weights.ts';
import { partsOf as partsOfSeveral, type Several } from '../layers/several.ts';
import { add } from '../ops/arithmetic.ts';
import { isFinite as isFiniteValue } from '../ops/compare.ts';
import { full } from '../ops/create.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { commitIf } from '../tensor/commit.ts';
import { gradients } from '../tensor/gradient.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { Compiled, type CompileOptions } from './compiled.ts';
import { type EvaluateOptions, evaluateModel } from './evaluate.ts';
import { fitModel } from './fit.ts';
import type { FitOptions } from './fit-options.ts';
import { type PredictOptions, predictRows } from './predict.ts';
import { isLabelled, type LabelledData, partsOf, type RowsLike } from './rows.ts';
import { type SummaryOptions, summarize } from './summary.ts';

/** One batch on the device. */
export interface Batch {
  /** [batch, ...example]. */
  readonly x: Tensor;
  /** [batch, ...label]. */
  readonly y: Tensor;
  /** [batch], or null where all examples count alike. */
  readonly sampleWeight: Tensor | null;
}

/** How far training has come: the epoch, and the batches of it that are done. */
export interface TrainingState {
  readonly epoch: number;
  readonly step: number;
}

/** A layer that can be trained: `compile`, `fit`, `evaluate`, `predict`. As Keras 3. */
export abstract class Model extends Layer {
  /** Where training stands; where `fit` goes on when told `initialEpoch` and `initialStep`. */
  trainingState: TrainingState = { epoch: 0, step: 0 };
  #compiled: Compiled | undefined;
  #trainProgram: ((batch: Batch) => Tensor) | undefined;
  #testProgram: ((batch: Batch) => Tensor) | undefined;
  #predictProgram: ((x: Tensor) => Tensor) | undefined;

  constructor(type: string, options: LayerOptions = {}) {
    super(type, options);
  }

  /** Shape of the prediction, null for the batch. @throws AntlerValueError before the model is built */
  get outputShape(): BatchShape {
    return this.computeOutputShape(this.requireBuiltShape('outputShape'));
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
   * Everything that training changes: weights, random streams, optimizer, figures so far. What a checkpoint
   * holds.
   */
  get stateVariables(): readonly Variable[] {
    const { optimizer, trackerVariables } = this.compiled;
    return [...this.weights, ...this.seedStates, ...optimizer.variables, ...trackerVariables];
  }

  /**
   * Learns from examples. Training stops with an AntlerNumericError at a loss that is not finite, before its
   * update.
   * @param x examples: a tensor, nested arrays, or `{ data, shape }`; or a dataset that has labels too
   * @param y labels, as the loss takes them
   */
  async fit(x: RowsLike, y: RowsLike, options?: FitOptions): Promise<History>;
  async fit(dataset: LabelledData, options?: FitOptions): Promise<History>;
  async fit(
    x: RowsLike | LabelledData,
    second: RowsLike | FitOptions = {},
    third: FitOptions = {},
  ): Promise<History> {
    if (isLabelled(x)) return fitModel(this, ...partsOf(x), second as FitOptions);
    return fitModel(this, x, second as RowsLike, third);
  }

  /** Loss and metrics over examples, by name. */
  async evaluate(x: RowsLike, y: RowsLike, options?: EvaluateOptions): Promise<Record<string, number>>;
  async evaluate(dataset: LabelledData, options?: EvaluateOptions): Promise<Record<string, number>>;
  async evaluate(
    x: RowsLike | LabelledData,
    second: RowsLike | EvaluateOptions = {},
    third: EvaluateOptions = {},
  ): Promise<Record<string, number>> {
    if (isLabelled(x)) return evaluateModel(this, ...partsOf(x), second as EvaluateOptions);
    return evaluateModel(this, x, second as RowsLike, third);
  }

  /** Predictions for examples, [count, ...output]; computed in batches. */
  async predict(x: RowsLike, options: PredictOptions = {}): Promise<Tensor> {
    return predictRows(this, x, options);
  }

  /**
   * A table of the layers: shapes, parameters, multiply-adds, activation memory. Printed unless `print` is
   * null.
   */
  summary(options: SummaryOptions = {}): string {
    return summarize(this, options);
  }

  /**
   * One step of training: forward, loss, gradients, update, metrics. Traced and compiled into one program;
   * override it for training of another kind.
   * @returns the loss of the batch, a scalar
   */
  trainStep(batch: Batch): Tensor {
    const { optimizer } = this.compiled;
    const predictions = this.apply(batch.x, { training: true });
    const loss = this.computeLoss(batch, predictions);
    const weights = this.trainableWeights;
    const slopes = gradients(
      loss,
      weights.map((weight) => weight.read()),
    );
    optimizer.apply(slopes, weights);
    this.#measure(batch, predictions, loss);
    return loss;
  }

  /** One step of evaluation. @returns the loss of the batch, a scalar */
  testStep(batch: Batch): Tensor {
    const predictions = this.apply(batch.x);
    const loss = this.computeLoss(batch, predictions);
    this.#measure(batch, predictions, loss);
    return loss;
  }

  /** Loss of predictions, with the penalties of regularized weights. */
  computeLoss({ y, sampleWeight }: Batch, predictions: Tensor): Tensor {
    const loss = this.compiled.loss.apply(y, predictions, sampleWeight ?? undefined);
    const penalty = this.penalty();
    return penalty ? add(loss, penalty) : loss;
  }

  /** The compiled training step. A step whose loss is not finite changes nothing. */
  get trainProgram(): (batch: Batch) => Tensor {
    this.#trainProgram ??= jit((batch: Batch) => {
      const loss = this.trainStep(batch);
      commitIf(isFiniteValue(loss));
      return loss;
    });
    return this.#trainProgram;
  }

  /** The compiled evaluation step. */
  get testProgram(): (batch: Batch) => Tensor {
    this.#testProgram ??= jit((batch: Batch) => this.testStep(batch));
    return this.#testProgram;
  }

  /** The compiled forward pass. */
  get predictProgram(): (x: Tensor) => Tensor {
    this.#predictProgram ??= jit((x: Tensor) => this.apply(x));
    return this.#predictProgram;
  }

  /** The shape the model was built for. @throws AntlerValueError before that */
  requireBuiltShape(method: string): BatchShape {
    const { builtShape } = this;
    if (builtShape && isOneShape(builtShape)) return builtShape;
    throw new AntlerValueError({
      where: `${this.label}.${method}`,
      expected: builtShape ? 'a model of one input' : 'a model that is built',
      got: builtShape ? `inputs ${formatBatchShapes(builtShape)}` : 'one whose input shape is not known yet',
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

  #measure({ y }: Batch, predictions: Tensor, loss: Tensor): void {
    const { shape } = predictions;
    this.compiled.lossTracker.add(loss, full([], shape[0] ?? 1));
    for (const metric of this.compiled.metricsFor(shape.at(-1) ?? 1, this.name))
      metric.update(y, predictions);
  }
}
