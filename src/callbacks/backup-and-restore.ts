import { removeFile } from '#platform';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { Callback, TrainContext } from './callback.ts';
import { requirePath } from './require-path.ts';

/** Options of `backupAndRestore`. */
export interface BackupAndRestoreOptions {
  /** The file that holds the training. Its folder must be there. */
  readonly path: string;
  /** When to save: after every `epoch`, or after this many steps and every epoch. Default `epoch`. */
  readonly saveFreq?: 'epoch' | number;
  /** Remove the file when training has come to its end. Default true. */
  readonly deleteCheckpoint?: boolean;
}

/**
 * Saves the training while it runs, and goes on where it was left if it was broken off, in another process too: the
 * weights at the end are those of a training without a break, bit for bit. For that, `fit` must be given the same
 * model, data and options. A `signal` that ends training saves it as well. As Keras 3.
 */
export function backupAndRestore(options: BackupAndRestoreOptions): Callback {
  requireKnownOptions(options, ['path', 'saveFreq', 'deleteCheckpoint'], 'backupAndRestore');
  requirePath(options.path, 'path', 'backupAndRestore');
  const { saveFreq = 'epoch' } = options;
  if (saveFreq === 'epoch') return new BackupAndRestore(options);
  if (Number.isInteger(saveFreq) && saveFreq > 0) return new BackupWithinEpochs(options, saveFreq);
  throw new AntlerValueError({
    where: 'backupAndRestore',
    expected: "saveFreq, 'epoch' or a number of steps >= 1",
    got: `${saveFreq}`,
  });
}

class BackupAndRestore implements Callback {
  readonly path: string;
  readonly #deleteCheckpoint: boolean;
  #isInterrupted = false;

  constructor({ path, deleteCheckpoint = true }: BackupAndRestoreOptions) {
    this.path = path;
    this.#deleteCheckpoint = deleteCheckpoint;
  }

  onTrainBegin({ resumeFrom }: TrainContext): void {
    this.#isInterrupted = false;
    resumeFrom(this.path);
  }

  onEpochEnd(_epoch: number, _logs: unknown, { saveTo }: TrainContext): void {
    saveTo(this.path);
  }

  onTrainInterrupt({ saveTo }: TrainContext): void {
    this.#isInterrupted = true;
    saveTo(this.path);
  }

  async onTrainEnd(): Promise<void> {
    if (this.#deleteCheckpoint && !this.#isInterrupted) await removeFile(this.path);
  }
}

/** A class of its own, for `fit` does not wait for callbacks after each batch unless somebody listens. */
class BackupWithinEpochs extends BackupAndRestore {
  readonly #steps: number;
  #stepsSince = 0;

  constructor(options: BackupAndRestoreOptions, steps: number) {
    super(options);
    this.#steps = steps;
  }

  onTrainBatchEnd(_batch: number, _logs: unknown, { saveTo }: TrainContext): void {
    this.#stepsSince++;
    if (this.#stepsSince < this.#steps) return;
    this.#stepsSince = 0;
    saveTo(this.path);
  }
}
