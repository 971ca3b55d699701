import { readFile, writeFileAtomic } from '#platform';
import { decodeSafetensors } from './safetensors-decode.ts';
import { encodeSafetensors } from './safetensors-encode.ts';
import type { SafetensorsContent } from './safetensors-format.ts';

/** Reads a safetensors file; see `decodeSafetensors`. @throws AntlerDataError if it is missing or damaged */
export async function readSafetensors(path: string): Promise<SafetensorsContent> {
  return decodeSafetensors(await readFile(path), path);
}

/**
 * Replaces a safetensors file as one step; see `encodeSafetensors`.
 * @throws AntlerResourceError if the folder cannot be written
 */
export async function writeSafetensors(path: string, content: SafetensorsContent): Promise<void> {
  await writeFileAtomic(path, encodeSafetensors(content));
}
