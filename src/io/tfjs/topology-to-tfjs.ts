import type { AnyLayer } from '../../layers/layer.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../keras/keras-object.ts';
import { layerToKeras } from '../keras/layer-to-keras.ts';
import { isModelType, type LayerNames, mayBeWrapped } from './layer-names.ts';
import { lacksInTfjs } from './support.ts';

/**
 * A model as TensorFlow.js describes it: as Keras 2 did.
 * @throws AntlerValueError for layers and options that TensorFlow.js lacks
 */
export function topologyToTfjs(model: AnyLayer, names: LayerNames): JsonObject {
  const written = layerToKeras(model) as unknown as JsonObject;
  return layerToTfjs(written, model, names);
}

function layerToTfjs(written: JsonObject, layer: AnyLayer | undefined, names: LayerNames): JsonObject {
  const { class_name: type, config } = written as { class_name: string; config: JsonObject };
  const lack = lacksInTfjs(type, config);
  if (lack !== undefined) throw lacking(lack, String(config.name));
  const name = (layer && names.get(layer)) ?? config.name ?? type;
  const base = { class_name: type };
  if (type === 'Sequential') return { ...base, config: { name, layers: innerLayers(config, layer, names) } };
  if (type === 'Functional') return { ...base, config: functionalConfig(config, layer, names) };
  if (type === 'InputLayer') {
    const { batch_shape: shape = null, dtype = 'float32' } = config;
    return { ...base, config: { batch_input_shape: shape, dtype, sparse: false, name } };
  }
  return { ...base, config: { ...optionsToTfjs(withPairs(type, config), layer, names), name } };
}

/** Keras takes one number for both axes; TensorFlow.js wants two, and for borders two of each. */
function withPairs(type: string, config: JsonObject): JsonObject {
  const pair = (value: Json | undefined): Json => (Array.isArray(value) ? value : [value ?? 1, value ?? 1]);
  if (type === 'UpSampling2D') return { ...config, size: pair(config.size) };
  if (type !== 'Cropping2D' && type !== 'ZeroPadding2D') return config;
  const option = type === 'Cropping2D' ? 'cropping' : 'padding';
  return { ...config, [option]: (pair(config[option]) as readonly Json[]).map(pair) };
}

function optionsToTfjs(config: JsonObject, layer: AnyLayer | undefined, names: LayerNames): JsonObject {
  const written = Object.entries(config)
    .filter(([option]) => option !== 'backward_layer')
    .map(([option, value]) => [
      option === 'negative_slope' ? 'alpha' : option,
      valueToTfjs(value, layer, names),
    ]);
  return Object.fromEntries(written);
}

function valueToTfjs(value: Json, owner: AnyLayer | undefined, names: LayerNames): Json {
  if (value === 'silu') return 'swish';
  if (!isJsonObject(value) || typeof value.class_name !== 'string' || !isJsonObject(value.config))
    return value;
  const { class_name: type, config } = value;
  if (/^keras\.(regularizers|initializers|constraints)$/.test(String(value.module)))
    return partToTfjs(type, config);
  if (!mayBeWrapped(type)) throw lacking(`${type} inside another layer`, String(config.name));
  const inner = layerToTfjs(value, undefined, names);
  // TensorFlow.js puts `forward_` before the name itself
  const name = String(config.name).replace(owner?.type === 'Bidirectional' ? /^forward_/ : /^$/, '');
  return { ...inner, config: { ...(inner.config as JsonObject), name } };
}

/** TensorFlow.js knows one regularizer, and its own spelling of LeCun. */
function partToTfjs(type: string, config: JsonObject): Json {
  if (type === 'L1' || type === 'L2') {
    return { class_name: 'L1L2', config: { l1: config.l1 ?? 0, l2: config.l2 ?? 0 } };
  }
  const distribution = config.distribution === 'truncated_normal' ? { distribution: 'normal' } : {};
  return { class_name: type.replace(/^Lecun/, 'LeCun'), config: { ...config, ...distribution } };
}

function innerLayers(config: JsonObject, model: AnyLayer | undefined, names: LayerNames): JsonObject[] {
  return (config.layers as readonly JsonObject[]).map((one) =>
    layerToTfjs(one, liveLayer(one, model), names),
  );
}

function liveLayer(written: JsonObject, model: AnyLayer | undefined): AnyLayer | undefined {
  const { name } = written.config as JsonObject;
  return model?.innerLayers.find((layer) => layer.name === name);
}

function functionalConfig(config: JsonObject, model: AnyLayer | undefined, names: LayerNames): JsonObject {
  const refer = (reference: readonly Json[]): readonly Json[] => {
    const [layerName, call = 0, result = 0] = reference as [string, number, number];
    const layer = model?.innerLayers.find(({ name }) => name === layerName);
    // a model has a node for itself before those of its applications
    const first = layer && isModelType(layer.type) ? 1 : 0;
    return [(layer && names.get(layer)) ?? layerName, call + first, result];
  };
  const written = innerLayers(config, model, names).map((layer, i) => {
    const { inbound_nodes: nodes = [] } = (config.layers as readonly JsonObject[])[i] ?? {};
    const calls = (nodes as readonly JsonObject[]).map((node) => callToTfjs(node, refer));
    return { ...layer, name: (layer.config as JsonObject).name ?? '', inbound_nodes: calls };
  });
  return {
    name: (model && names.get(model)) ?? config.name ?? 'model',
    layers: written,
    input_layers: ports(config.input_layers ?? null).map(refer),
    output_layers: ports(config.output_layers ?? null).map(refer),
  };
}

function ports(value: Json): readonly (readonly Json[])[] {
  if (Array.isArray(value)) return typeof value[0] === 'string' ? [value] : value;
  return Object.values(value as JsonObject) as (readonly Json[])[];
}

function callToTfjs(
  { args, kwargs }: JsonObject,
  refer: (reference: readonly Json[]) => readonly Json[],
): Json {
  const tensors: Json[] = [];
  const collect = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (isJsonObject(value) && value.class_name === '__keras_tensor__') {
      tensors.push([...refer((value.config as JsonObject).keras_history as readonly Json[]), kwargs ?? {}]);
    } else throw lacking('a constant among the inputs of a layer', 'graph');
  };
  collect(args ?? null);
  if (isJsonObject(kwargs) && 'initial_state' in kwargs)
    throw lacking('first states from the graph', 'graph');
  return tensors;
}

function lacking(what: string, where: string): AntlerValueError {
  return new AntlerValueError({
    where,
    expected: 'layers that TensorFlow.js has and computes in the same way',
    got: what,
    fix: "save it as '.keras' or '.safetensors', which keep every layer",
  });
}
