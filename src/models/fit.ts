import type { Logs } from '../callbacks/callback.ts';
import { CallbackList } from '../callbacks/callback-list.ts';
import { epochLines } from '../callbacks/epoch-lines.ts';
import { History } from '../callbacks/history.ts';
import { realize } from '../tensor/realize.ts';
import { evaluateRows, release } from './evaluate.ts';
import { EventLoopTurns } from './event-loop.ts';
import { type FitData, prepareFit } from './fit-data.ts';
import { type FitOptions, requireFitOptions } from './fit-options.ts';
import type { AnyModel } from './model.ts';
import { nonFiniteLoss } from './non-finite-loss.ts';
import type { RowsOfPorts } from './port-rows.ts';
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
  prepareState(model);
  const training = new Training(model, data, options);
  return training.run();
}

/** Makes everything a step needs, and computes first values in one program. */
function prepareState(model: AnyModel): void {
  model.prepareTraining();
  realize(model.stateVariables.map((variable) => variable.read().node));
}

/** One call of `fit`. */
class Training {
  readonly #model: AnyModel;
  readonly #data: FitData;
  readonly #options: FitOptions;
  readonly #history = new History();
  readonly #callbacks: CallbackList;
  readonly #turns: EventLoopTurns;
  /** Updates made so far, all calls of `fit` together. */
  #iteration = 0;
  #isStopped = false;

  constructor(model: AnyModel, data: FitData, options: FitOptions) {
    const { epochs = 1, callbacks = [], verbose = 1, print = console.log } = options;
    const printers = verbose === 1 ? [epochLines(print)] : [];
    this.#model = model;
    this.#data = data;
    this.#options = options;
    this.#callbacks = new CallbackList([this.#history, ...callbacks, ...printers], {
      model,
      epochs,
      stepsPerEpoch: data.ranges.length,
      examples: data.examples,
      batchSize: data.batchSize,
      stop: () => {
        this.#isStopped = true;
      },
    });
    const forward = multiplyAdds(model, model.requireBuiltShapes('fit'));
    this.#turns = new EventLoopTurns(3 * forward * data.batchSize); // backward costs two forward passes
  }

  async run(): Promise<History> {
    const { epochs = 1, initialEpoch = 0, initialStep = 0 } = this.#options;
    const { optimizer } = this.#model;
    this.#iteration = await optimizer.iterations.read().item();
    try {
      await this.#callbacks.trainBegin();
      for (let epoch = initialEpoch; epoch < epochs && !this.#mustStop(); epoch++) {
        await this.#epoch(epoch, epoch === initialEpoch ? initialStep : 0);
      }
      await this.#callbacks.trainEnd();
    } finally {
      this.#turns.close();
    }
    return this.#history;
  }

  async #epoch(epoch: number, firstStep: number): Promise<void> {
    const { compiled } = this.#model;
    const { ranges, orderOf } = this.#data;
    this.#model.trainingState = { epoch, step: firstStep };
    if (firstStep === 0) compiled.reset();
    await this.#callbacks.epochBegin(epoch);
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
    await this.#callbacks.epochEnd(epoch, logs);
  }

  async #step(indices: Int32Array): Promise<void> {
    const model = this.#model;
    const { epoch, step } = model.trainingState;
    const batch = this.#data.read(indices);
    model.optimizer.beginStep(this.#iteration);
    const result = model.trainProgram(batch);
    const loss = await result.item();
    if (!Number.isFinite(loss)) throw await nonFiniteLoss(model, batch, loss, model.trainingState);
    release(result, batch.x, batch.y, batch.sampleWeight);
    this.#iteration++;
    model.trainingState = { epoch, step: step + 1 };
    if (this.#callbacks.watchesBatches) {
      await this.#callbacks.batchEnd(step, {
        loss,
        size: indices.length,
        figures: () => model.compiled.figures(),
      });
    }
    await this.#turns.pause();
  }

  #mustStop(): boolean {
    this.#isStopped ||= this.#options.signal?.aborted ?? false;
    return this.#isStopped;
  }

  /** Figures of the epoch, and of the validation data after it. */
  async #epochLogs(): Promise<Logs> {
    const { validation, batchSize } = this.#data;
    const logs = await this.#model.compiled.figures();
    if (!validation) return logs;
    const measured = await evaluateRows(
      this.#model,
      validation,
      batchSize,
      `${this.#model.name}.fit, validation`,
    );
    const entries = Object.entries(measured).map(([name, value]) => [validationName(name), value] as const);
    return { ...logs, ...Object.fromEntries(entries) };
  }
}

/** `loss` gives `valLoss`. */
function validationName(name: string): string {
  return `val${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
