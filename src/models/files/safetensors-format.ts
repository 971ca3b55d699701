import { decodeCheckpoint, encodeCheckpoint } from '../../io/checkpoint-format.ts';
import { isJsonObject, type JsonObject } from '../../io/keras/keras-object.ts';
import type { NamedArray } from '../../io/safetensors-format.ts';
import { storeVariables } from '../../io/stored-variables.ts';
import { layerToConfig } from '../../layers/layer-config.ts';
import { AntlerDataError } from '../../util/errors.ts';
import type { Json } from '../../util/exact-json.ts';
import type { AnyModel } from '../model.ts';
import { matchByName, namedWeights } from './named-weights.ts';
import type { ParsedModel } from './parsed-model.ts';
import { writableSetup } from './training-setup.ts';

/** Names of the optimizer's arrays: names of weights have a slash. */
export const OPTIMIZER_ARRAY = /^optimizer\.(\d+)$/;

/**
 * A model as a safetensors file that any reader of safetensors opens: weights under their paths; the metadata has the
 * model as plain data, and a checksum over all.
 */
export async function encodeSafetensorsModel(
  model: AnyModel,
  includeOptimizer: 'yes' | 'no',
): Promise<Uint8Array> {
  const setup = writableSetup(model, includeOptimizer);
  const slots = (setup?.optimizer?.variables ?? []).map(
    (variable, i) => [`optimizer.${i}`, variable] as const,
  );
  const arrays = await storeVariables(new Map([...namedWeights(model), ...slots]));
  const state = { model: layerToConfig(model), compile: setup?.compile ?? null };
  return encodeCheckpoint({ arrays, state: state as unknown as Json });
}

/** @throws AntlerDataError for a damaged file, and for one with weights only */
export async function parseSafetensorsModel(bytes: Uint8Array, file: string): Promise<ParsedModel> {
  const { arrays, state } = await decodeCheckpoint(bytes, file);
  const { model, compile } = isJsonObject(state) ? state : ({} as JsonObject);
  if (!isJsonObject(model) || typeof model.type !== 'string' || !isJsonObject(model.config)) {
    throw new AntlerDataError({
      where: file,
      expected: 'a model in safetensors form',
      got: 'a file without the description of one',
      fix: 'if it holds weights only, make the model and call its loadWeights',
    });
  }
  return {
    description: { type: model.type, config: model.config },
    compile: isJsonObject(compile) ? compile : undefined,
    match: (built) =>
      matchByName(
        arrays.filter(({ name }) => !OPTIMIZER_ARRAY.test(name)),
        built,
      ),
    optimizerState: optimizerArrays(arrays),
  };
}

function optimizerArrays(arrays: readonly NamedArray[]): readonly NamedArray[] {
  const position = ({ name }: NamedArray) => Number(OPTIMIZER_ARRAY.exec(name)?.[1] ?? -1);
  return arrays.filter((array) => position(array) >= 0).sort((a, b) => position(a) - position(b));
}
