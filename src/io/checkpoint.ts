import { readFile, writeFileAtomic } from '#platform';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint-format.ts';

/** Reads a checkpoint; see `decodeCheckpoint`. @throws AntlerDataError if it is missing or damaged */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  return decodeCheckpoint(await readFile(path), path);
}

/**
 * Replaces a checkpoint as one step: whenever the process ends, the old one or the new one is there, whole.
 * @throws AntlerResourceError if the folder cannot be written
 */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeFileAtomic(path, await encodeCheckpoint(checkpoint));
}
