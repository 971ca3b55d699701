import { decodeKerasArchive, encodeKerasArchive } from '../../io/keras/keras-archive.ts';
import { isJsonObject } from '../../io/keras/keras-object.ts';
import { layerFromKeras } from '../../io/keras/layer-from-keras.ts';
import { layerToKeras } from '../../io/keras/layer-to-keras.ts';
import { matchKerasWeights, variablesAt } from '../../io/keras/weights-from-hdf5.ts';
import { weightsToHdf5 } from '../../io/keras/weights-to-hdf5.ts';
import { snakeCase } from '../../layers/names.ts';
import type { AnyModel } from '../model.ts';
import type { ParsedModel } from './parsed-model.ts';
import { writableSetup } from './training-setup.ts';

/** A model as a `.keras` file; with the state of its optimizer if that is wanted and exists. */
export async function encodeKerasModel(model: AnyModel, includeOptimizer: 'yes' | 'no'): Promise<Uint8Array> {
  const setup = writableSetup(model, includeOptimizer);
  const kept = setup?.optimizer;
  const optimizer = kept && { name: snakeCase(kept.className), variables: kept.variables };
  return encodeKerasArchive({
    config: { ...layerToKeras(model), ...(setup ? { compile_config: setup.compile } : {}) },
    weights: await weightsToHdf5({ model, optimizer }),
  });
}

/** @throws AntlerDataError for a damaged file, and for classes that Antler does not read */
export async function parseKerasModel(bytes: Uint8Array, file: string): Promise<ParsedModel> {
  const { config, weights } = await decodeKerasArchive(bytes, file);
  const compile = isJsonObject(config) ? config.compile_config : undefined;
  return {
    description: layerFromKeras(config, file),
    compile: isJsonObject(compile) && Object.keys(compile).length > 0 ? compile : undefined,
    match: (model) => matchKerasWeights(weights, model),
    optimizerState: variablesAt(weights, ['optimizer', 'vars']),
  };
}
