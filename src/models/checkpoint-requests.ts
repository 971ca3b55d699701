import { exists, removeUnfinishedWrites } from '#platform';
import { restoreTraining, saveTraining, type TrainingParts } from './saved-training.ts';

/**
 * What callbacks have asked to be saved and restored. It waits until all callbacks have had their turn: what is saved
 * must know what each of them made of the same epoch.
 */
export class CheckpointRequests {
  readonly #toSave = new Set<string>();
  #toResume: string | undefined;

  save(path: string): void {
    this.#toSave.add(path);
  }

  resume(path: string): void {
    this.#toResume = path;
  }

  /** Saves a training to the files that were asked for since the last time. */
  async performSaves(parts: TrainingParts, isStopped: boolean): Promise<void> {
    if (this.#toSave.size === 0) return;
    const paths = [...this.#toSave];
    this.#toSave.clear();
    for (const path of paths) await saveTraining(path, parts, isStopped);
  }

  /**
   * Puts a training where the saved one stood, if there is one.
   * @returns whether a callback had ended that; undefined if there is none
   */
  async performResume(parts: TrainingParts): Promise<boolean | undefined> {
    const path = this.#toResume;
    if (path === undefined) return undefined;
    await removeUnfinishedWrites(path);
    return (await exists(path)) ? restoreTraining(path, parts) : undefined;
  }
}
