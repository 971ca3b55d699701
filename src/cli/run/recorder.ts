import type { BatchLogs, Callback, Logs, TrainContext } from '../../callbacks/callback.ts';
import type { Model } from '../../models/model.ts';
import { invariant } from '../../util/errors.ts';
import type { Host } from '../host.ts';
import type { Output } from '../terminal/output.ts';
import { showEpoch, showStanding } from '../terminal/progress.ts';
import { saveCheckpoint } from './checkpoint.ts';
import type { EpochRecord } from './epoch-record.ts';
import { appendEpoch } from './metrics-log.ts';

/** Milliseconds between two redrawings of the live line. */
const REDRAW = 100;

/** Shows a training while it runs, and keeps each finished epoch in the run folder. */
export class Recorder implements Callback {
  /** The epochs that were finished here. */
  readonly records: EpochRecord[] = [];
  readonly #folder: string;
  readonly #model: Model;
  readonly #out: Output;
  readonly #host: Host;
  #epochStart = 0;
  #lastStep = 0;
  #lastDrawn = Number.NEGATIVE_INFINITY;
  /** Images of this epoch that went through here; fewer than all after a resume in its middle. */
  #images = 0;

  constructor(folder: string, model: Model, { out, host }: { readonly out: Output; readonly host: Host }) {
    this.#folder = folder;
    this.#model = model;
    this.#out = out;
    this.#host = host;
  }

  onEpochBegin(): void {
    this.#epochStart = this.#host.elapsed();
    this.#images = 0;
  }

  async onBatchEnd(batch: number, logs: BatchLogs, context: TrainContext): Promise<void> {
    this.#lastStep = this.#host.elapsed();
    this.#images += logs.size;
    if (!this.#out.isLive || this.#lastStep - this.#lastDrawn < REDRAW) return;
    this.#lastDrawn = this.#lastStep;
    const { loss, accuracy } = await logs.figures();
    const standing = {
      epoch: this.#model.trainingState.epoch + 1,
      epochs: context.epochs,
      done: Math.min((batch + 1) * context.batchSize, context.examples),
      total: context.examples,
      loss,
      accuracy,
      validationAccuracy: this.records.at(-1)?.validationAccuracy,
      samplesPerSecond: this.#samplesPerSecond(),
    };
    showStanding(standing, this.#out);
  }

  async onEpochEnd(epoch: number, logs: Logs, { epochs }: TrainContext): Promise<void> {
    const record = {
      epoch: epoch + 1,
      ...figures(logs),
      seconds: (this.#host.elapsed() - this.#epochStart) / 1000,
      samplesPerSecond: this.#samplesPerSecond(),
      residentBytes: this.#host.residentBytes(),
    };
    this.records.push(record);
    await saveCheckpoint(this.#folder, this.#model);
    await appendEpoch(this.#folder, record);
    showEpoch(record, epochs, this.#out);
  }

  #samplesPerSecond(): number {
    return (1000 * this.#images) / (this.#lastStep - this.#epochStart);
  }
}

/** The figures of an epoch under the names of metrics.jsonl. */
function figures({ loss, accuracy, valLoss, valAccuracy }: Logs) {
  invariant(loss !== undefined && accuracy !== undefined, 'a training reports loss and accuracy');
  return {
    loss,
    accuracy,
    ...(valLoss !== undefined && { validationLoss: valLoss }),
    ...(valAccuracy !== undefined && { validationAccuracy: valAccuracy }),
  };
}
