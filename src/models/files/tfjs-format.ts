import { joinPath, readFile, writeFileAtomic } from '#platform';
import { isJsonObject, type Json, type JsonObject } from '../../io/keras/keras-object.ts';
import { layerFromKeras } from '../../io/keras/layer-from-keras.ts';
import { parseJson } from '../../io/parse-json.ts';
import type { NamedArray } from '../../io/safetensors-format.ts';
import { storeVariables } from '../../io/stored-variables.ts';
import { tfjsNames, tfjsWeights } from '../../io/tfjs/layer-names.ts';
import { decodeGroup, encodeShards, type ManifestGroup, readManifest } from '../../io/tfjs/manifest.ts';
import { kerasOfTfjs, steepHardSigmoid } from '../../io/tfjs/topology-from-tfjs.ts';
import { topologyToTfjs } from '../../io/tfjs/topology-to-tfjs.ts';
import type { WeightMatches } from '../../io/weight-matches.ts';
import type { LayerConfig } from '../../layers/layer-options.ts';
import { AntlerDataError, AntlerValueError } from '../../util/errors.ts';
import type { AnyModel } from '../model.ts';
import type { ParsedModel } from './parsed-model.ts';

/** Writes `model.json` and its shards. The shards come first: the model is there when all is there. */
export async function writeTfjsModel(model: AnyModel, path: string): Promise<void> {
  model.requireBuiltShapes('save');
  const names = tfjsNames(model);
  const topology = topologyToTfjs(model, names);
  const { manifest, shards } = encodeShards(await storeVariables(tfjsWeights(model, names)));
  for (const shard of shards) await writeFileAtomic(besides(path, shard.path), shard.bytes);
  const content = {
    format: 'layers-model',
    generatedBy: 'Antler',
    convertedBy: null,
    modelTopology: { ...topology, keras_version: 'tfjs-layers 4.22.0', backend: 'tensor_flow.js' },
    weightsManifest: manifest,
  };
  await writeFileAtomic(path, new TextEncoder().encode(JSON.stringify(content)));
}

/**
 * Reads the model.json of a layers model, and the shards beside it.
 * @throws AntlerDataError for a damaged file, and for graph models
 */
export async function parseTfjsModel(path: unknown): Promise<ParsedModel> {
  if (typeof path !== 'string') {
    throw new AntlerValueError({ where: 'loadModel', expected: 'the path of model.json', got: typeof path });
  }
  const content = parseJson(await readFile(path), path);
  const {
    format,
    modelTopology: topology,
    weightsManifest: manifest,
  } = isJsonObject(content) ? content : ({} as JsonObject);
  if (format === 'graph-model' || !isJsonObject(topology)) {
    const got =
      format === 'graph-model' ? 'a graph model, which has no layers' : 'a file without modelTopology';
    throw new AntlerDataError({ where: path, expected: 'a layers model of TensorFlow.js', got });
  }
  const arrays: NamedArray[] = [];
  for (const group of readManifest(manifest ?? null, path)) {
    arrays.push(...decodeGroup(group, await readGroup(group, path), path));
  }
  const model = kerasOfTfjs((isJsonObject(topology.model_config) ? topology.model_config : topology) as Json);
  const { type, config } = layerFromKeras(model, path);
  return {
    description: { type, config: withOwnHardSigmoid(config) as LayerConfig },
    compile: undefined,
    match: (built) => matchTfjs(arrays, built),
    optimizerState: [],
  };
}

async function readGroup({ paths }: ManifestGroup, path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const part of paths) parts.push(await readFile(besides(path, part)));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** A file in the folder of another. */
function besides(path: string, name: string): string {
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return folder === '' ? name : joinPath(folder, name);
}

/** Converters write the names of cells too: `lstm/lstm_cell/kernel` for `lstm/kernel`. */
function matchTfjs(arrays: readonly NamedArray[], model: AnyModel): WeightMatches {
  const expected = tfjsWeights(model, tfjsNames(model));
  const stored = new Map(
    arrays.map((array) => [expected.has(array.name) ? array.name : shortened(array.name), array]),
  );
  return {
    matches: Array.from(expected, ([name, variable]) => ({ variable, place: name, array: stored.get(name) })),
    surplus: [...stored].filter(([name]) => !expected.has(name)).map(([, { name }]) => name),
  };
}

function shortened(name: string): string {
  const parts = name.split('/');
  return [...parts.slice(0, -2), parts.at(-1)].join('/');
}

/** Replaces the name of an activation that means another function in TensorFlow.js. */
function withOwnHardSigmoid(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOwnHardSigmoid);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      item === 'hardSigmoid' && /activation$/i.test(key) ? steepHardSigmoid : withOwnHardSigmoid(item),
    ]),
  );
}
