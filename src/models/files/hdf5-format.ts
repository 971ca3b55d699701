import { decodeHdf5 } from '../../io/hdf5/decode.ts';
import { encodeHdf5 } from '../../io/hdf5/encode.ts';
import { emptyGroup, groupAt, type Hdf5Group } from '../../io/hdf5/tree.ts';
import { isJsonObject, type JsonObject } from '../../io/keras/keras-object.ts';
import { layerFromKeras } from '../../io/keras/layer-from-keras.ts';
import { layerToKeras } from '../../io/keras/layer-to-keras.ts';
import { addNamed, arraysOf, legacyWeightsToHdf5, matchLegacyWeights } from '../../io/keras/legacy-hdf5.ts';
import { KERAS_VERSION } from '../../io/keras/version.ts';
import { parseJson } from '../../io/parse-json.ts';
import { AntlerDataError } from '../../util/errors.ts';
import type { AnyModel } from '../model.ts';
import type { ParsedModel } from './parsed-model.ts';
import { writableSetup } from './training-setup.ts';

const CONFIG = 'model_config';
const TRAINING = 'training_config';
const WEIGHTS = 'model_weights';
const OPTIMIZER = 'optimizer_weights';

/** A model as a HDF5 file of Keras, the form before `.keras`. */
export async function encodeHdf5Model(model: AnyModel, includeOptimizer: 'yes' | 'no'): Promise<Uint8Array> {
  const setup = writableSetup(model, includeOptimizer);
  const root = emptyGroup({
    backend: 'antler',
    keras_version: KERAS_VERSION,
    [CONFIG]: JSON.stringify(layerToKeras(model)),
  });
  if (setup) {
    const { optimizer, ...training } = setup.compile;
    root.attributes.set(TRAINING, JSON.stringify({ ...training, optimizer_config: optimizer }));
  }
  root.members.set(WEIGHTS, await legacyWeightsToHdf5(model));
  if (setup?.optimizer) await addNamed(groupAt(root, [OPTIMIZER]), setup.optimizer.variables);
  return encodeHdf5(root);
}

/** @throws AntlerDataError for a damaged file, and for one with weights only */
export async function parseHdf5Model(bytes: Uint8Array, file: string): Promise<ParsedModel> {
  const root = await decodeHdf5(bytes, file);
  const config = root.attributes.get(CONFIG);
  const weights = root.members.get(WEIGHTS);
  if (typeof config !== 'string' || weights?.kind !== 'group') {
    throw new AntlerDataError({
      where: file,
      expected: `a model, with ${CONFIG} and ${WEIGHTS}`,
      got: 'an HDF5 file without them',
      fix: 'if it holds weights only, make the model and call its loadWeights',
    });
  }
  return {
    description: layerFromKeras(parseJson(config, `${file}, ${CONFIG}`), file),
    compile: trainingOf(root, file),
    match: (model) => matchLegacyWeights(weights, model, file),
    optimizerState: arraysOf(root, OPTIMIZER, file).map(({ array }) => array),
  };
}

function trainingOf(root: Hdf5Group, file: string): JsonObject | undefined {
  const text = root.attributes.get(TRAINING);
  const training = typeof text === 'string' ? parseJson(text, `${file}, ${TRAINING}`) : undefined;
  if (!isJsonObject(training)) return undefined;
  const { optimizer_config: optimizer = null, ...rest } = training;
  return { ...rest, optimizer };
}
