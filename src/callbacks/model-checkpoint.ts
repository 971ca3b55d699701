import { makeDirectory } from '#platform';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { BatchLogs, Callback, CallbackState, Logs, TrainContext } from './callback.ts';
import { folderOf } from './continued-file.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';
import { formatPath } from './path-template.ts';
import { requirePath } from './require-path.ts';
import { storedCount, storedOptionalNumber } from './stored-values.ts';

/** Options of `modelCheckpoint`. */
export interface ModelCheckpointOptions extends MonitorOptions {
  /**
   * Where to save; the ending decides the format, as for `model.save` and `model.saveWeights`. Names in braces are
   * replaced: `{epoch}` and `{batch}`, which count from 1, and figures: `best-{epoch:02d}-{valLoss:.3f}.keras`. Folders
   * are made.
   */
  readonly filepath: string;
  /** Save only when the figure to watch has got better. Default false. */
  readonly saveBestOnly?: boolean;
  /** Save weights instead of the whole model. Default false. */
  readonly saveWeightsOnly?: boolean;
  /** When to save: after every `epoch`, or after this many steps. Default `epoch`. */
  readonly saveFreq?: 'epoch' | number;
  /** With `saveBestOnly`, what the figure must be better than to be saved at first. */
  readonly initialValueThreshold?: number;
}

const OPTIONS = [
  'filepath',
  'monitor',
  'mode',
  'saveBestOnly',
  'saveWeightsOnly',
  'saveFreq',
  'initialValueThreshold',
];

/**
 * Saves the model or its weights while it is trained, for instance whenever it is the best so far. To go on with a
 * training take `backupAndRestore`. As Keras 3.
 */
export function modelCheckpoint(options: ModelCheckpointOptions): Callback {
  requireKnownOptions(options, OPTIONS, 'modelCheckpoint');
  requirePath(options.filepath, 'filepath', 'modelCheckpoint');
  const { saveFreq = 'epoch' } = options;
  if (saveFreq === 'epoch') return new EpochCheckpoint(options);
  if (Number.isInteger(saveFreq) && saveFreq > 0) return new StepCheckpoint(options, saveFreq);
  throw new AntlerValueError({
    where: 'modelCheckpoint',
    expected: "saveFreq, 'epoch' or a number of steps >= 1",
    got: `${saveFreq}`,
  });
}

abstract class ModelCheckpoint implements Callback {
  readonly name = 'modelCheckpoint';
  readonly #options: ModelCheckpointOptions;
  readonly #monitor: Monitor;
  #best: number | undefined;

  constructor(options: ModelCheckpointOptions) {
    this.#options = options;
    this.#monitor = new Monitor(options, this.name);
    this.#best = options.initialValueThreshold;
  }

  /** @param place what counts from 1 in the path */
  protected async save(place: Logs, logs: Logs, { model }: TrainContext): Promise<void> {
    const { filepath, saveBestOnly = false, saveWeightsOnly = false } = this.#options;
    if (saveBestOnly && !this.#isBest(logs)) return;
    const path = formatPath(filepath, { ...logs, ...place }, this.name);
    const folder = folderOf(path);
    if (folder) await makeDirectory(folder);
    await (saveWeightsOnly ? model.saveWeights(path) : model.save(path));
  }

  #isBest(logs: Logs): boolean {
    const current = this.#monitor.valueOf(logs);
    if (!this.#monitor.improves(current, this.#best)) return false;
    this.#best = current;
    return true;
  }

  saveState(): CallbackState {
    return { values: { best: this.#best ?? null } };
  }

  restoreState({ values }: CallbackState): void {
    this.#best = storedOptionalNumber(values, 'best', this.name);
  }
}

class EpochCheckpoint extends ModelCheckpoint {
  async onEpochEnd(epoch: number, logs: Logs, context: TrainContext): Promise<void> {
    await this.save({ epoch: epoch + 1 }, logs, context);
  }
}

class StepCheckpoint extends ModelCheckpoint {
  readonly #steps: number;
  #stepsSince = 0;
  #epoch = 0;

  constructor(options: ModelCheckpointOptions, steps: number) {
    super(options);
    this.#steps = steps;
  }

  onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  async onTrainBatchEnd(batch: number, logs: BatchLogs, context: TrainContext): Promise<void> {
    this.#stepsSince++;
    if (this.#stepsSince < this.#steps) return;
    this.#stepsSince = 0;
    await this.save({ epoch: this.#epoch + 1, batch: batch + 1 }, await logs.figures(), context);
  }

  override saveState(): CallbackState {
    return { values: { ...super.saveState().values, stepsSince: this.#stepsSince } };
  }

  override restoreState(state: CallbackState): void {
    super.restoreState(state);
    this.#stepsSince = storedCount(state.values, 'stepsSince', this.name);
  }
}
