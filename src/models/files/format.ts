import { AntlerDataError, AntlerValueError } from '../../util/errors.ts';

/** How a model is kept: Keras 3's archive, Keras's HDF5 file, safetensors, or TensorFlow.js's model.json with shards. */
export type ModelFormat = 'keras' | 'h5' | 'safetensors' | 'tfjs';

/** Formats that are one file. */
export type SingleFileFormat = Exclude<ModelFormat, 'tfjs'>;

const ENDINGS: readonly (readonly [ending: RegExp, format: ModelFormat])[] = [
  [/\.keras$/i, 'keras'],
  [/\.(h5|hdf5)$/i, 'h5'],
  [/\.safetensors$/i, 'safetensors'],
  [/\.json$/i, 'tfjs'],
];

/** The format that the ending of a path stands for. @throws AntlerValueError for other endings */
export function formatOfPath(path: string): ModelFormat {
  if (/\.weights\.(h5|hdf5)$/i.test(path)) throw weightsOnly(path);
  const found = ENDINGS.find(([ending]) => ending.test(path));
  if (found) return found[1];
  throw new AntlerValueError({
    where: path,
    expected: 'a path that ends in .keras, .h5, .safetensors, or .json (TensorFlow.js)',
    got: 'another ending',
    fix: "or name the format: { format: 'keras' }",
  });
}

/** The format of bytes, by how they begin. @throws AntlerDataError for none of them */
export function formatOfBytes(bytes: Uint8Array, file: string): SingleFileFormat {
  const begins = (...signature: number[]) => signature.every((byte, i) => bytes[i] === byte);
  if (begins(0x50, 0x4b)) return 'keras';
  if (begins(0x89, 0x48, 0x44, 0x46)) return 'h5';
  // the length of the header, of which the upper bytes are zeros, and its brace
  if (bytes.length > 8 && bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0) return 'safetensors';
  throw new AntlerDataError({
    where: file,
    expected: 'a model in .keras, HDF5 or safetensors form',
    got: `bytes that begin ${[...bytes.subarray(0, 4)].join(' ') || 'nowhere'}`,
  });
}

function weightsOnly(path: string): AntlerValueError {
  return new AntlerValueError({
    where: path,
    expected: 'a path of a whole model',
    got: 'one that ends as files with weights only do',
    fix: 'call saveWeights or loadWeights, or name the file model.keras',
  });
}
