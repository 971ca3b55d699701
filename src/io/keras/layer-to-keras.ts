import { kerasKey } from '../../layers/keras-keys.ts';
import type { AnyLayer } from '../../layers/layer.ts';
import { isPart, type LayerDescription, layerToConfig } from '../../layers/layer-config.ts';
import { callsToKeras, type GraphLayer, referencesToKeras } from './graph-to-keras.ts';
import { isKerasLayer } from './keras-layers.ts';
import type { Json, JsonObject, KerasObject } from './keras-object.ts';
import { kerasText } from './option-names.ts';
import { isKnownToKeras } from './option-rules.ts';
import { partToKeras, roleOf } from './part-to-keras.ts';

/** Where Keras finds a class that is not simply one of its layers. */
const MODULES: Readonly<Record<string, Pick<KerasObject, 'module' | 'registered_name'>>> = {
  Sequential: { module: 'keras', registered_name: null },
  Functional: { module: 'keras.src.models.functional', registered_name: 'Functional' },
};

/**
 * A layer or model as Keras 3 serializes it. Kinds of layers that Keras lacks are written as registered classes of the
 * user's.
 * @throws AntlerValueError if an option is a function of the user's
 */
export function layerToKeras(layer: AnyLayer): KerasObject {
  return write(layerToConfig(layer), layer);
}

/** @param layer the layer that is described; what the graph of a model holds is not in its description */
function write({ type, config }: LayerDescription, layer: AnyLayer | undefined): KerasObject {
  const written = type === 'Functional' ? functional(config, layer) : options(type, config, layer);
  return { ...placeOf(type), class_name: type, config: written };
}

function placeOf(type: string): Pick<KerasObject, 'module' | 'registered_name'> {
  const known = MODULES[type];
  if (known) return known;
  if (isKerasLayer(type)) return { module: 'keras.layers', registered_name: null };
  return { module: null, registered_name: `Custom>${type}` };
}

function options(type: string, config: object, layer: AnyLayer | undefined): JsonObject {
  const written = Object.entries(config)
    .filter(([name]) => isKnownToKeras(type, name))
    .map(([name, value]) => [kerasKey(name), valueToKeras(name, value, layer)]);
  return Object.fromEntries(written);
}

function valueToKeras(name: string, value: unknown, owner: AnyLayer | undefined): Json {
  const role = roleOf(name);
  if (role && typeof value === 'string') return partToKeras(value, role) as unknown as Json;
  if (typeof value === 'string') return kerasText(name, value);
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
  if (Array.isArray(value)) return value.map((item) => valueToKeras(name, item, owner));
  if (role && isPart(value)) return partToKeras(value, role) as unknown as Json;
  if (isDescription(value)) return write(value, innerNamed(owner, value)) as unknown as Json;
  return options('', value, owner);
}

function functional(config: Readonly<Record<string, unknown>>, model: AnyLayer | undefined): JsonObject {
  const { layers, inputs, outputs, ...own } = config;
  const written = (layers as readonly GraphLayer[]).map((one) => ({
    ...write(one, innerNamed(model, one)),
    name: one.config.name as string,
    inbound_nodes: callsToKeras(one, model),
  }));
  return {
    ...options('Functional', own, model),
    layers: written as unknown as Json,
    input_layers: referencesToKeras(inputs),
    output_layers: referencesToKeras(outputs),
  };
}

function isDescription(value: object): value is LayerDescription {
  return 'type' in value && typeof value.type === 'string' && 'config' in value;
}

function innerNamed(owner: AnyLayer | undefined, { config }: LayerDescription): AnyLayer | undefined {
  return owner?.innerLayers.find(({ name }) => name === config.name);
}
