import type { EpochLogs, TrainContext } from '../callbacks/callback.ts';
import { CallbackList } from '../callbacks/callback-list.ts';
import { epochLines } from '../callbacks/epoch-lines.ts';
import { History } from '../callbacks/history.ts';
import { realize } from '../tensor/realize.ts';
import { CheckpointRequests } from './checkpoint-requests.ts';
import { evaluateRows, release } from './evaluate.ts';
import { EventLoopTurns } from './event-loop.ts';
import { type FitData, prepareFit } from './fit-data.ts';
import { type FitOptions, requireFitOptions } from './fit-options.ts';
import type { AnyModel, TrainingState } from './model.ts';
import { nonFiniteLoss } from './non-finite-loss.ts';
import type { RowsOfPorts } from './port-rows.ts';
import type { TrainingParts } from './saved-training.ts';
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
  const data = await prepareFit(model, x, y, options, where);
  prepareState(model, data.batchSize);
  const training = new Training(model, data, options);
  return training.run();
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
  readonly #data: FitData;
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

  constructor(model: AnyModel, data: FitData, options: FitOptions) {
    const { epochs = 1, callbacks = [], verbose = 1, print = console.log } = options;
    const printers = verbose === 1 ? [epochLines(print)] : [];
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
      stepsPerEpoch: data.ranges.length,
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
    const { ranges, orderOf } = this.#data;
    this.#model.trainingState = { epoch, step: firstStep };
    if (firstStep === 0) compiled.reset();
    await this.#callbacks.call('onEpochBegin', epoch, this.#context);
    const order = orderOf(epoch);
    for (const { start, size } of ranges.slice(firstStep)) {
      await this.#step(order.subarray(start, start + size));
      if (!this.#mustStop()) continue;
      const { trainingState } = this.#model;
      if (trainingState.step === ranges.length) break;
      this.#history.stopped = trainingState;
      return;
    }
    const logs = await this.#epochLogs();
    this.#model.trainingState = { epoch: epoch + 1, step: 0 };
    await this.#callbacks.call('onEpochEnd', epoch, logs, this.#context);
    await this.#save();
  }

  async #step(indices: Int32Array): Promise<void> {
    const model = this.#model;
    const { epoch, step } = model.trainingState;
    if (this.#watchesBatchBegins) await this.#callbacks.call('onTrainBatchBegin', step, this.#context);
    const batch = this.#data.read(indices);
    model.optimizer.beginStep(this.#iteration);
    const result = model.trainProgram(batch);
    const loss = await result.item();
    const isUpdated = Number.isFinite(loss);
    if (isUpdated) {
      this.#iteration++;
      model.trainingState = { epoch, step: step + 1 };
    }
    if (this.#watchesBatchEnds) await this.#tellOfBatch(step, loss, indices.length);
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
    const { validation, batchSize } = this.#data;
    const logs = await this.#model.compiled.figures();
    if (!validation) return logs;
    const where = `${this.#model.name}.fit, validation`;
    const measured = await evaluateRows(this.#model, validation, {
      batchSize,
      where,
      callbacks: this.#callbacks,
    });
    const entries = Object.entries(measured).map(([name, value]) => [validationName(name), value] as const);
    return { ...logs, ...Object.fromEntries(entries) };
  }
}

/** `loss` gives `valLoss`. */
function validationName(name: string): string {
  return `val${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
