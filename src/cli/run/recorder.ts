import { z } from 'zod';
import type { BatchLogs, Callback, CallbackState, Logs, TrainContext } from '../../callbacks/callback.ts';
import { AntlerDataError, invariant } from '../../util/errors.ts';
import type { Host } from '../host.ts';
import type { Output } from '../terminal/output.ts';
import { showEpoch, showStanding } from '../terminal/progress.ts';
import { EpochRecord } from './epoch-record.ts';
import { appendEpoch, writeEpochs } from './metrics-log.ts';

/** Milliseconds between two redrawings of the live line. */
const REDRAW = 100;

/** Shows a training while it runs, and keeps each finished epoch in the run folder. */
export class Recorder implements Callback {
  readonly name = 'recorder';
  /** The epochs that were finished, here and before an interruption. */
  readonly records: EpochRecord[] = [];
  readonly #folder: string;
  readonly #out: Output;
  readonly #host: Host;
  #epoch = 0;
  #epochStart = 0;
  #lastStep = 0;
  #lastDrawn = Number.NEGATIVE_INFINITY;
  /** Images of this epoch that went through here; fewer than all after a resume in its middle. */
  #images = 0;

  constructor(folder: string, { out, host }: { readonly out: Output; readonly host: Host }) {
    this.#folder = folder;
    this.#out = out;
    this.#host = host;
  }

  async onTrainBegin(): Promise<void> {
    await writeEpochs(this.#folder, this.records);
  }

  onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
    this.#epochStart = this.#host.elapsed();
    this.#images = 0;
  }

  async onTrainBatchEnd(batch: number, logs: BatchLogs, context: TrainContext): Promise<void> {
    this.#lastStep = this.#host.elapsed();
    this.#images += logs.size;
    if (!this.#out.isLive || this.#lastStep - this.#lastDrawn < REDRAW) return;
    this.#lastDrawn = this.#lastStep;
    const { loss, accuracy } = await logs.figures();
    const standing = {
      epoch: this.#epoch + 1,
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
    await appendEpoch(this.#folder, record);
    showEpoch(record, epochs, this.#out);
  }

  saveState(): CallbackState {
    return { values: { records: this.records.map((record) => ({ ...record })) } };
  }

  async restoreState({ values }: CallbackState): Promise<void> {
    const records = z.array(EpochRecord).safeParse(values.records);
    if (!records.success) {
      const expected = 'the epochs of a run in its checkpoint';
      throw new AntlerDataError({ where: this.#folder, expected, got: 'something else' });
    }
    this.records.push(...records.data);
    await writeEpochs(this.#folder, this.records);
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
