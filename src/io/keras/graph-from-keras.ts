import type { LayerDescription } from '../../layers/layer-config.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { callFromKeras } from './call-from-keras.ts';
import { dtypeFromKeras } from './dtype-from-keras.ts';
import { isJsonObject, isKerasObject, type Json, type JsonObject } from './keras-object.ts';
import { renumberOldNodes } from './old-nodes.ts';
import { operationAsLayer, withoutMaskOperations } from './operations.ts';
import { isWithoutEffect } from './option-rules.ts';

/**
 * A functional model of Keras in our words.
 * @param readLayer reads one layer
 * @throws AntlerDataError for data of another form, and operations that no layer stands for
 */
export function functionalFromKeras(
  graph: JsonObject,
  where: string,
  readLayer: (written: unknown, where: string) => LayerDescription,
): Record<string, unknown> {
  const { layers, input_layers: inputs, output_layers: outputs, ...own } = renumberOldNodes(graph);
  if (!Array.isArray(layers)) {
    throw new AntlerDataError({ where, expected: 'a list of layers', got: typeof layers });
  }
  const written = withoutMaskOperations(layers, outputs ?? null).map(operationAsLayer);
  return {
    ...modelOptions(own, where),
    layers: written.map((layer) => {
      const description = readLayer(layer, where);
      return {
        ...named(description, layer),
        calls: callsOf(layer, description, `${where}, ${nameOf(layer)}`),
      };
    }),
    inputs: ports(inputs ?? null, where),
    outputs: ports(outputs ?? null, where),
  };
}

function modelOptions(options: JsonObject, where: string): Record<string, unknown> {
  const { name = 'functional', trainable = true, dtype } = options;
  const unknown = Object.keys(options).filter((key) => !['name', 'trainable', 'dtype'].includes(key));
  const odd = unknown.find((key) => !isWithoutEffect(key, options[key]));
  if (odd !== undefined)
    throw new AntlerDataError({ where, expected: 'options of a model', got: `'${odd}'` });
  return { name, trainable, ...(dtype == null ? {} : { dtype: dtypeFromKeras(dtype, where) }) };
}

/** The graph calls a layer by the name beside its options. */
function named({ type, config }: LayerDescription, layer: Json): LayerDescription {
  return { type, config: { ...config, name: nameOf(layer) } };
}

function nameOf(layer: Json): string {
  if (!isJsonObject(layer)) return 'layer';
  const config = isJsonObject(layer.config) ? layer.config : {};
  return String(layer.name ?? config.name ?? 'layer');
}

function callsOf(layer: Json, { type }: LayerDescription, where: string): object[] {
  const nodes = isJsonObject(layer) ? layer.inbound_nodes : undefined;
  if (!Array.isArray(nodes)) return [];
  return nodes.map((node: Json) => callFromKeras(node, type, where));
}

/** One reference, a list of them, or by name; a list of one is the one, as Keras has it. */
function ports(value: Json, where: string): Json {
  if (isReference(value)) return value.slice(0, 3);
  if (Array.isArray(value) && value.every(isReference)) {
    const references = value.map((item) => item.slice(0, 3));
    return references.length === 1 ? (references[0] ?? null) : references;
  }
  if (isJsonObject(value) && !isKerasObject(value) && Object.values(value).every(isReference)) return value;
  throw new AntlerDataError({
    where,
    expected: 'inputs and outputs as [layer, node, tensor]',
    got: JSON.stringify(value).slice(0, 80),
  });
}

function isReference(value: Json): value is readonly Json[] {
  return Array.isArray(value) && typeof value[0] === 'string' && value.slice(1, 3).every(Number.isInteger);
}
