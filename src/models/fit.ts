import type { EpochLogs, TrainContext } from '../callbacks/callback.ts';
import { CallbackList } from '../callbacks/callback-list.ts';
import { epochLines } from '../callbacks/epoch-lines.ts';
import { History } from '../callbacks/history.ts';
import { realize } from '../tensor/realize.ts';
import { AntlerValueError } from '../util/errors.ts';
import { CheckpointRequests } from './checkpoint-requests.ts';
import { EventLoopTurns } from './event-loop.ts';
import { type FitOptions, requireFitOptions } from './fit-options.ts';
import type { AnyModel, TrainingState } from './model.ts';
import { nonFiniteLoss } from './non-finite-loss.ts';
import type { RowsOfPorts } from './port-rows.ts';
import { release } from './release.ts';
import type { TrainingParts } from './saved-training.ts';
import type { BatchSource } from './supply/batch-source.ts';
import { datasetSupply } from './supply/dataset-supply.ts';
import { rowsSupply } from './supply/rows-supply.ts';
import type { FitSupply, SuppliedBatch } from './supply/supply.ts';
import { multiplyAdds } from './work.ts';

/** Trains a model; see `Model.fit`. */
export async function fitModel(
  model: AnyModel,
  x: RowsOfPorts,
  y: RowsOfPorts,
  options: FitOptions,
): Promise<History> {
  const where = `${model.name}.fit`;
  requireFitOptions(options, where);
  if (options.stepsPerEpoch !== undefined) throw stepsOfRows(options.stepsPerEpoch, where);
  return train(model, await rowsSupply(model, x, y, options, where), options);
}

/** Trains a model on batches that come one after the other; see `Model.fit`. */
export async function fitBatches(
  model: AnyModel,
  source: BatchSource,
  options: FitOptions,
): Promise<History> {
  const where = `${model.name}.fit`;
  requireFitOptions(options, where);
  return train(model, await datasetSupply(model, source, options, where), options);
}

function train(model: AnyModel, data: FitSupply, options: FitOptions): Promise<History> {
  prepareState(model, data.batchSize);
  return new Training(model, data, options).run();
}

function stepsOfRows(stepsPerEpoch: number, where: string): AntlerValueError {
  return new AntlerValueError({
    where,
    expected: 'stepsPerEpoch for a dataset',
    got: `${stepsPerEpoch} for examples that are all there`,
    fix: 'leave it out: batchSize decides',
  });
}

/** Makes everything a step needs, and computes first values in one program. */
function prepareState(model: AnyModel, batchSize: number): void {
  model.prepareTraining();
  model.prepareCarriedStates(batchSize);
  realize(model.stateVariables.map((variable) => variable.read().node));
}

/** One call of `fit`. */
class Training {
  readonly #model: AnyModel;
  readonly #data: FitSupply;
  readonly #options: FitOptions;
  readonly #history = new History();
  readonly #callbacks: CallbackList;
  readonly #context: TrainContext;
  readonly #watchesBatchBegins: boolean;
  readonly #watchesBatchEnds: boolean;
  readonly #checkpoints = new CheckpointRequests();
  readonly #turns: EventLoopTurns;
  /** Updates made so far, all calls of `fit` together. */
  #iteration = 0;
  /** Whether a callback has ended training. */
  #isStopped = false;

  constructor(model: AnyModel, data: FitSupply, options: FitOptions) {
    const { epochs = 1, callbacks = [], verbose = 1, print = console.log } = options;
    const printers = verbose === 1 ? [epochLines(print)] : [];
    for (const hint of data.hints) print(hint);
    this.#model = model;
    this.#data = data;
    this.#options = options;
    // history and lines come last, for they also tell what callbacks add
    this.#callbacks = new CallbackList([...callbacks, this.#history, ...printers]);
    this.#watchesBatchBegins = this.#callbacks.watches('onTrainBatchBegin');
    this.#watchesBatchEnds = this.#callbacks.watches('onTrainBatchEnd');
    this.#context = {
      model,
      epochs,
      stepsPerEpoch: data.steps ?? Number.NaN,
      examples: data.examples,
      batchSize: data.batchSize,
      stop: () => {
        this.#isStopped = true;
      },
      resumeFrom: (path) => this.#checkpoints.resume(path),
      saveTo: (path) => this.#checkpoints.save(path),
    };
    const forward = multiplyAdds(model, model.requireBuiltShapes('fit'));
    this.#turns = new EventLoopTurns(3 * forward * data.batchSize); // backward costs two forward passes
  }

  async run(): Promise<History> {
    const { epochs = 1 } = this.#options;
    try {
      const first = await this.#begin();
      for (let epoch = first.epoch; epoch < epochs && !this.#mustStop(); epoch++) {
        await this.#epoch(epoch, epoch === first.epoch ? first.step : 0);
      }
      await this.#end();
    } finally {
      this.#turns.close();
      await this.#data.close();
    }
    return this.#history;
  }

  /** @returns where to go on */
  async #begin(): Promise<TrainingState> {
    const { initialEpoch = 0, initialStep = 0 } = this.#options;
    const model = this.#model;
    await this.#callbacks.call('onTrainBegin', this.#context);
    const wasStopped = await this.#checkpoints.performResume(this.#parts);
    this.#isStopped ||= wasStopped ?? false;
    this.#iteration = await model.optimizer.iterations.read().item();
    return wasStopped === undefined ? { epoch: initialEpoch, step: initialStep } : model.trainingState;
  }

  async #end(): Promise<void> {
    const isWhole = this.#isStopped || this.#model.trainingState.epoch >= this.#context.epochs;
    if (this.#isAborted() && !isWhole) {
      await this.#callbacks.call('onTrainInterrupt', this.#context);
      await this.#save();
    } else {
      this.#model.optimizer.finalizeVariables();
    }
    await this.#callbacks.call('onTrainEnd', this.#context);
  }

  async #epoch(epoch: number, firstStep: number): Promise<void> {
    const { compiled } = this.#model;
    this.#model.trainingState = { epoch, step: firstStep };
    if (firstStep === 0) compiled.reset();
    await this.#callbacks.call('onEpochBegin', epoch, this.#context);
    const feed = await this.#data.begin(epoch, firstStep);
    for (let supplied = await feed.next(); supplied; supplied = await feed.next()) {
      await this.#step(supplied);
      if (!this.#mustStop()) continue;
      const { trainingState } = this.#model;
      if (trainingState.step === this.#data.steps) break;
      this.#history.stopped = trainingState;
      return;
    }
    const logs = await this.#epochLogs();
    this.#model.trainingState = { epoch: epoch + 1, step: 0 };
    await this.#callbacks.call('onEpochEnd', epoch, logs, this.#context);
    await this.#save();
  }

  async #step({ batch, size }: SuppliedBatch): Promise<void> {
    const model = this.#model;
    const { epoch, step } = model.trainingState;
    if (this.#watchesBatchBegins) await this.#callbacks.call('onTrainBatchBegin', step, this.#context);
    model.optimizer.beginStep(this.#iteration);
    const result = model.trainProgram(batch);
    const loss = await result.item();
    const isUpdated = Number.isFinite(loss);
    if (isUpdated) {
      this.#iteration++;
      model.trainingState = { epoch, step: step + 1 };
    }
    if (this.#watchesBatchEnds) await this.#tellOfBatch(step, loss, size);
    if (!isUpdated && !this.#mustStop()) throw await nonFiniteLoss(model, batch, loss, model.trainingState);
    release(result, batch.x, batch.y, batch.sampleWeight);
    await this.#turns.pause();
  }

  async #tellOfBatch(step: number, loss: number, size: number): Promise<void> {
    const logs = { loss, size, figures: () => this.#model.compiled.figures() };
    await this.#callbacks.call('onTrainBatchEnd', step, logs, this.#context);
    await this.#save();
  }

  get #parts(): TrainingParts {
    return { model: this.#model, data: this.#data.place, callbacks: this.#callbacks };
  }

  #save(): Promise<void> {
    return this.#checkpoints.performSaves(this.#parts, this.#isStopped);
  }

  #isAborted(): boolean {
    return this.#options.signal?.aborted ?? false;
  }

  #mustStop(): boolean {
    return this.#isStopped || this.#isAborted();
  }

  /** Figures of the epoch, and of the validation data after it. */
  async #epochLogs(): Promise<EpochLogs> {
    const logs = await this.#model.compiled.figures();
    const measured = await this.#data.validate?.(this.#callbacks);
    if (!measured) return logs;
    const entries = Object.entries(measured).map(([name, value]) => [validationName(name), value] as const);
    return { ...logs, ...Object.fromEntries(entries) };
  }
}

/** `loss` gives `valLoss`. */
function validationName(name: string): string {
  return `val${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
