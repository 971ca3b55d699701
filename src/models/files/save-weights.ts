import { writeFileAtomic } from '#platform';
import { encodeHdf5 } from '../../io/hdf5/encode.ts';
import { legacyWeightsToHdf5 } from '../../io/keras/legacy-hdf5.ts';
import { weightsToHdf5 } from '../../io/keras/weights-to-hdf5.ts';
import { encodeNpz } from '../../io/numpy/npz.ts';
import { encodeSafetensors } from '../../io/safetensors-encode.ts';
import { storeVariables } from '../../io/stored-variables.ts';
import type { AnyModel } from '../model.ts';
import { namedWeights } from './named-weights.ts';
import { type WeightsFormat, weightsFormatOfPath } from './weights-format.ts';

const ENCODERS: Readonly<Record<WeightsFormat, (model: AnyModel) => Promise<Uint8Array>>> = {
  keras: async (model) => encodeHdf5(await weightsToHdf5({ model })),
  legacy: async (model) => encodeHdf5(await legacyWeightsToHdf5(model)),
  safetensors: async (model) =>
    encodeSafetensors({
      arrays: await storeVariables(namedWeights(model)),
      metadata: new Map([['format', 'antler']]),
    }),
  npz: async (model) => {
    const arrays = await storeVariables(namedWeights(model));
    return encodeNpz(new Map(arrays.map((array) => [array.name, array])));
  },
};

/** Writes the weights of a model to a file; see `Model.saveWeights`. */
export async function saveWeights(model: AnyModel, path: string): Promise<void> {
  await writeFileAtomic(path, await weightsToBytes(model, weightsFormatOfPath(path)));
}

/** The weights of a model as the bytes of a file. @throws AntlerValueError if it is not built */
export async function weightsToBytes(model: AnyModel, format: WeightsFormat): Promise<Uint8Array> {
  model.requireBuiltShapes('saveWeights');
  return ENCODERS[format](model);
}
