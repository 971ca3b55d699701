import { isJsonObject, type Json, type JsonObject } from './keras-object.ts';

/** Operations on two tensors that layers of the same name do as well: what `x + y` is in Keras. */
const AS_LAYERS: ReadonlySet<string> = new Set(['Add', 'Subtract', 'Multiply', 'Maximum', 'Minimum']);

/** Operations of which Keras makes masks. */
const OF_MASKS: ReadonlySet<string> = new Set([
  'NotEqual',
  'Any',
  'All',
  'LogicalAnd',
  'LogicalOr',
  'LogicalNot',
  'ConvertToTensor',
  'Cast',
]);

const OPERATION_MODULE = /^keras\.(src\.)?ops\b/;

/** `x + y` of two tensors as the layer that does the same; everything else as it is. */
export function operationAsLayer(layer: Json): Json {
  if (!isOperation(layer) || !AS_LAYERS.has(String(layer.class_name))) return layer;
  const nodes = layer.inbound_nodes;
  if (!Array.isArray(nodes) || !nodes.every(takesTwoTensors)) return layer;
  const joined = nodes.map((node: Json) => {
    const { args = [], kwargs = {} } = isJsonObject(node) ? node : {};
    return { args: [args], kwargs };
  });
  return { ...layer, module: 'keras.layers', registered_name: null, inbound_nodes: joined };
}

/** The layers without the operations that Keras has made only to give masks: Antler makes masks itself. */
export function withoutMaskOperations(layers: readonly Json[], outputs: Json): readonly Json[] {
  const used = new Map(layers.map((layer) => [layer, inputsOf(layer)]));
  const pending = new Set<Json>(layers.filter(isOperation));
  const needed = new Set(
    layers.filter((layer) => !isOperation(layer)).flatMap((layer) => [...(used.get(layer) ?? [])]),
  );
  collectNames(outputs, needed);
  for (let hasGrown = true; hasGrown; ) {
    hasGrown = false;
    for (const operation of pending) {
      if (!isJsonObject(operation) || !needed.has(String(operation.name))) continue;
      pending.delete(operation);
      for (const name of used.get(operation) ?? []) needed.add(name);
      hasGrown = true;
    }
  }
  return layers.filter((layer) => !pending.has(layer));
}

/** HDF5 files leave the module out; there an operation shows in its name or in how it is called. */
function isOperation(layer: Json): layer is JsonObject {
  if (!isJsonObject(layer)) return false;
  const { module, class_name: className, inbound_nodes: nodes } = layer;
  if (typeof module === 'string') return OPERATION_MODULE.test(module);
  if (OF_MASKS.has(String(className))) return true;
  return (
    AS_LAYERS.has(String(className)) &&
    Array.isArray(nodes) &&
    nodes.length > 0 &&
    nodes.every(takesTwoTensors)
  );
}

function takesTwoTensors(node: Json): boolean {
  const args = isJsonObject(node) ? node.args : undefined;
  return Array.isArray(args) && args.length === 2 && args.every((argument: Json) => isTensor(argument));
}

function isTensor(value: Json): boolean {
  return isJsonObject(value) && value.class_name === '__keras_tensor__';
}

/** Names of the layers whose results a layer takes, other than as masks. */
function inputsOf(layer: Json): Set<string> {
  const names = new Set<string>();
  const nodes = isJsonObject(layer) ? layer.inbound_nodes : undefined;
  for (const node of Array.isArray(nodes) ? nodes : []) {
    if (!isJsonObject(node)) continue;
    const { mask: _, ...others } = isJsonObject(node.kwargs) ? node.kwargs : {};
    collectNames(node.args ?? null, names);
    collectNames(others, names);
  }
  return names;
}

function collectNames(value: Json, names: Set<string>): void {
  if (Array.isArray(value) && typeof value[0] === 'string') names.add(value[0]);
  else if (Array.isArray(value)) for (const item of value) collectNames(item, names);
  else if (isJsonObject(value)) for (const item of Object.values(value)) collectNames(item, names);
}
