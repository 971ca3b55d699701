import { AntlerDataError } from '../../util/errors.ts';
import { decodeHdf5 } from '../hdf5/decode.ts';
import { encodeHdf5 } from '../hdf5/encode.ts';
import type { Hdf5Group } from '../hdf5/tree.ts';
import { parseJson } from '../parse-json.ts';
import { readZip } from '../zip/read-zip.ts';
import { writeZip } from '../zip/write-zip.ts';
import { KERAS_VERSION } from './version.ts';

/** The content of a `.keras` file. */
export interface KerasArchive {
  /** The serialized model, with `compile_config` where it is compiled. */
  readonly config: unknown;
  readonly weights: Hdf5Group;
}

const CONFIG = 'config.json';
const METADATA = 'metadata.json';
const WEIGHTS = 'model.weights.h5';

/**
 * Writes a `.keras` file. Equal models give equal bytes: the time of saving is not noted.
 * @throws AntlerResourceError if the libraries for zip and HDF5 are not installed
 */
export async function encodeKerasArchive({ config, weights }: KerasArchive): Promise<Uint8Array> {
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  return writeZip([
    { name: METADATA, bytes: json({ keras_version: KERAS_VERSION }) },
    { name: CONFIG, bytes: json(config) },
    { name: WEIGHTS, bytes: await encodeHdf5(weights) },
  ]);
}

/**
 * Reads a `.keras` file of Keras 3.
 * @param file named in errors
 * @throws AntlerDataError for a damaged file; AntlerResourceError if the libraries are not installed
 */
export async function decodeKerasArchive(bytes: Uint8Array, file: string): Promise<KerasArchive> {
  const members = await readZip(bytes, { file });
  const member = (name: string): Uint8Array => {
    const found = members.get(name);
    if (found) return found;
    const got = [...members.keys()].slice(0, 5).join(', ') || 'nothing';
    throw new AntlerDataError({ where: file, expected: `a .keras file with ${name}`, got });
  };
  return {
    config: parseJson(member(CONFIG), `${file}, ${CONFIG}`),
    weights: await decodeHdf5(member(WEIGHTS), `${file}, ${WEIGHTS}`),
  };
}
