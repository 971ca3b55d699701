import { joinPath } from '#platform';
import { encodeScalars, encodeVersion } from '../io/tensorboard/event.ts';
import { encodeRecord } from '../io/tensorboard/record.ts';
import { snakeCase } from '../layers/names.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type {
  BatchLogs,
  Callback,
  CallbackState,
  EvaluationContext,
  Logs,
  TrainContext,
} from './callback.ts';
import { ContinuedFile } from './continued-file.ts';
import { storedCount, storedOptionalNumber } from './stored-values.ts';

/** Options of `tensorBoard`. */
export interface TensorBoardOptions {
  /** Folder of the run; `train` and `validation` are made in it. */
  readonly logDir: string;
  /** Milliseconds since 1970, for the axis of time: `Date.now`. */
  readonly now: () => number;
  /** When figures are written: after every `epoch`, or also after each `batch` or this many. Default `epoch`. */
  readonly updateFreq?: 'epoch' | 'batch' | number;
}

/**
 * Writes figures for TensorBoard: `epoch_loss` and so on over epochs, the validation's in a run of its own,
 * `evaluation_loss_vs_iterations` over steps, and with `updateFreq` `batch_loss` over batches. Names and steps as
 * Keras 3, so that runs of both are shown together. See them with `tensorboard --logdir FOLDER`.
 */
export function tensorBoard(options: TensorBoardOptions): Callback {
  requireKnownOptions(options, ['logDir', 'now', 'updateFreq'], 'tensorBoard');
  const { updateFreq = 'epoch' } = options;
  if (updateFreq === 'epoch') return new TensorBoard(options);
  const batches = updateFreq === 'batch' ? 1 : updateFreq;
  if (Number.isInteger(batches) && batches > 0) return new BatchTensorBoard(options, batches);
  throw new AntlerValueError({
    where: 'tensorBoard',
    expected: "updateFreq, 'epoch', 'batch' or a number of batches >= 1",
    got: `${updateFreq}`,
  });
}

const RUNS = ['train', 'validation'] as const;
type Run = (typeof RUNS)[number];

class TensorBoard implements Callback {
  readonly name = 'tensorBoard';
  readonly #options: TensorBoardOptions;
  readonly #files = new Map<Run, ContinuedFile>();
  /** Seconds since 1970, part of the names of files. */
  #startedAt: number | undefined;

  constructor(options: TensorBoardOptions) {
    this.#options = options;
  }

  onTrainBegin(_context: TrainContext): void {
    this.#files.clear();
    this.#startedAt = undefined;
  }

  async onEpochEnd(epoch: number, logs: Logs, { model: { optimizer } }: TrainContext): Promise<void> {
    const figures = Object.entries({ ...logs, learningRate: optimizer.learningRate });
    const ofValidation = figures.filter(([name]) => VALIDATION.test(name));
    const ofTraining = figures.filter(([name]) => !VALIDATION.test(name));
    await this.write('train', epoch, named('epoch_', ofTraining));
    const stripped = ofValidation.map(([name, value]) => [name.slice('val'.length), value] as const);
    if (stripped.length > 0) await this.write('validation', epoch, named('epoch_', stripped));
  }

  async onTestEnd(logs: Logs, { model }: EvaluationContext): Promise<void> {
    const step = await model.optimizer.iterations.read().item();
    await this.write('validation', step, named('evaluation_', Object.entries(logs), '_vs_iterations'));
  }

  protected async write(run: Run, step: number, scalars: ReadonlyMap<string, number>): Promise<void> {
    const wallTime = this.#options.now() / 1000;
    this.#startedAt ??= Math.floor(wallTime);
    let file = this.#files.get(run);
    if (!file) {
      file = this.#fileOf(run, this.#startedAt);
      await file.begin();
      await file.append(encodeRecord(encodeVersion({ wallTime })));
    }
    await file.append(encodeRecord(encodeScalars({ wallTime, step, scalars })));
  }

  #fileOf(run: Run, startedAt: number): ContinuedFile {
    const file = `events.out.tfevents.${startedAt}.antler.v2`;
    const opened = new ContinuedFile(joinPath(this.#options.logDir, run, file));
    this.#files.set(run, opened);
    return opened;
  }

  saveState(): CallbackState {
    const lengths = RUNS.map((run) => [run, this.#files.get(run)?.length ?? null]);
    return { values: { startedAt: this.#startedAt ?? null, ...Object.fromEntries(lengths) } };
  }

  async restoreState({ values }: CallbackState): Promise<void> {
    const startedAt = storedOptionalNumber(values, 'startedAt', this.name);
    if (startedAt === undefined) return;
    this.#startedAt = startedAt;
    for (const run of RUNS) {
      const length = storedOptionalNumber(values, run, this.name);
      if (length !== undefined) await this.#fileOf(run, startedAt).goOn(length);
    }
  }
}

class BatchTensorBoard extends TensorBoard {
  readonly #every: number;
  /** Batches of this training so far. */
  #batches = 0;

  constructor(options: TensorBoardOptions, every: number) {
    super(options);
    this.#every = every;
  }

  override onTrainBegin(context: TrainContext): void {
    super.onTrainBegin(context);
    this.#batches = 0;
  }

  async onTrainBatchEnd(_batch: number, logs: BatchLogs): Promise<void> {
    this.#batches++;
    if (this.#batches % this.#every !== 0) return;
    await this.write('train', this.#batches, named('batch_', Object.entries(await logs.figures())));
  }

  override saveState(): CallbackState {
    return { values: { ...super.saveState().values, batches: this.#batches } };
  }

  override async restoreState(state: CallbackState): Promise<void> {
    await super.restoreState(state);
    this.#batches = storedCount(state.values, 'batches', this.name);
  }
}

/** Names of figures of the validation. */
const VALIDATION = /^val[A-Z]/;

/** Figures under Keras's names: `meanSquaredError` is `epoch_mean_squared_error`. */
function named(
  prefix: string,
  figures: readonly (readonly [string, number])[],
  suffix = '',
): Map<string, number> {
  return new Map(figures.map(([name, value]) => [`${prefix}${snakeCase(name)}${suffix}`, value]));
}
