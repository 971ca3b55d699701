import { readZip } from '../zip/read-zip.ts';
import { writeZip } from '../zip/write-zip.ts';
import { decodeNpy, type NpyArray } from './npy-decode.ts';
import { encodeNpy } from './npy-encode.ts';

const ENDING = '.npy';

/**
 * Reads the arrays of a .npz archive by name.
 * @param file named in errors
 * @throws AntlerDataError for a damaged archive or array
 */
export async function decodeNpz(bytes: Uint8Array, file: string): Promise<Map<string, NpyArray>> {
  const members = await readZip(bytes, { file });
  return new Map(
    Array.from(members, ([name, content]) => [
      name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : name,
      decodeNpy(content, `${file}/${name}`),
    ]),
  );
}

/** Writes arrays to a .npz archive. */
export function encodeNpz(arrays: ReadonlyMap<string, NpyArray>): Promise<Uint8Array> {
  return writeZip(
    Array.from(arrays, ([name, array]) => ({ name: `${name}${ENDING}`, bytes: encodeNpy(array) })),
  );
}
