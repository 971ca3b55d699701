import { isJsonObject, type Json, type JsonObject } from './keras-object.ts';

const MODELS: ReadonlySet<string> = new Set(['Sequential', 'Functional', 'Model']);

/**
 * Numbers the applications of inner models from 0. Keras 2 and TensorFlow.js, whose calls are lists, count from 1 there: a
 * model has a node of its own before those of its applications.
 */
export function renumberOldNodes(graph: JsonObject): JsonObject {
  const { layers, output_layers: outputs = null } = graph;
  if (!Array.isArray(layers) || !layers.some(hasOldNodes)) return graph;
  const models = new Set(layers.filter(isModel).map(({ name, config }) => String(name ?? nameIn(config))));
  const renumber = (value: Json): Json => {
    if (!Array.isArray(value)) return value;
    const [name, call, ...rest] = value as readonly Json[];
    if (typeof name !== 'string' || typeof call !== 'number') return value.map(renumber);
    return models.has(name) && call > 0 ? [name, call - 1, ...rest] : value;
  };
  const renumbered = layers.map((layer: Json) =>
    isJsonObject(layer) ? { ...layer, inbound_nodes: renumber(layer.inbound_nodes ?? []) } : layer,
  );
  return { ...graph, layers: renumbered, output_layers: renumber(outputs) };
}

function hasOldNodes(layer: Json): boolean {
  const nodes = isJsonObject(layer) ? layer.inbound_nodes : undefined;
  return Array.isArray(nodes) && nodes.some(Array.isArray);
}

function isModel(layer: Json): layer is JsonObject {
  return isJsonObject(layer) && MODELS.has(String(layer.class_name));
}

function nameIn(config: Json | undefined): Json | undefined {
  return isJsonObject(config) ? config.name : undefined;
}
