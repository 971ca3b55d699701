import { writeFileAtomic } from '#platform';
import type { AnyModel } from '../model.ts';
import { formatOfPath, type ModelFormat, type SingleFileFormat } from './format.ts';
import { encodeHdf5Model } from './hdf5-format.ts';
import { encodeKerasModel } from './keras-format.ts';
import { encodeSafetensorsModel } from './safetensors-format.ts';
import { writeTfjsModel } from './tfjs-format.ts';

/** Options of `save`. */
export interface SaveModelOptions {
  /** Default by the ending of the path. */
  readonly format?: ModelFormat;
  /** Whether the state of the optimizer is kept too. Default true. TensorFlow.js keeps none. */
  readonly includeOptimizer?: boolean;
}

const ENCODERS: Readonly<
  Record<SingleFileFormat, (model: AnyModel, includeOptimizer: 'yes' | 'no') => Promise<Uint8Array>>
> = {
  keras: encodeKerasModel,
  h5: encodeHdf5Model,
  safetensors: encodeSafetensorsModel,
};

/** Writes a model to a file; see `Model.save`. */
export async function saveModel(
  model: AnyModel,
  path: string,
  options: SaveModelOptions = {},
): Promise<void> {
  const format = options.format ?? formatOfPath(path);
  if (format === 'tfjs') await writeTfjsModel(model, path);
  else await writeFileAtomic(path, await modelToBytes(model, format, options));
}

/**
 * A model with its weights as the bytes of a file.
 * @throws AntlerValueError if it is not built, or holds functions of the user's; AntlerResourceError if the format needs
 *   a package that is not installed
 */
export async function modelToBytes(
  model: AnyModel,
  format: SingleFileFormat,
  { includeOptimizer = true }: Pick<SaveModelOptions, 'includeOptimizer'> = {},
): Promise<Uint8Array> {
  model.requireBuiltShapes('save');
  return ENCODERS[format](model, includeOptimizer ? 'yes' : 'no');
}
