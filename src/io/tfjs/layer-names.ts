import type { AnyLayer } from '../../layers/layer.ts';
import { uniqueName } from '../../layers/names.ts';
import type { Variable } from '../../tensor/variable.ts';

/** Names of layers in a file of TensorFlow.js, which must differ even between models inside one another. */
export type LayerNames = ReadonlyMap<AnyLayer, string>;

const MODELS: ReadonlySet<string> = new Set(['Sequential', 'Functional']);

/** Whether a layer is a model. */
export function isModelType(type: string): boolean {
  return MODELS.has(type);
}

/** Layers keep their names where they can; those of inner models get the model's in front where another has theirs. */
export function tfjsNames(root: AnyLayer): LayerNames {
  const names = new Map(root.innerLayers.map((layer) => [layer, layer.name]));
  const taken = new Set(names.values());
  const visit = (model: AnyLayer) => {
    for (const layer of model.innerLayers) {
      if (!names.has(layer)) {
        const wanted = taken.has(layer.name) ? `${names.get(model) ?? model.name}_${layer.name}` : layer.name;
        names.set(layer, uniqueName(wanted, taken));
        taken.add(names.get(layer) as string);
      }
      if (isModelType(layer.type)) visit(layer);
    }
  };
  visit(root);
  return names;
}

/** The weights of a model under the names that TensorFlow.js gives them: without models and cells around. */
export function tfjsWeights(root: AnyLayer, names: LayerNames): ReadonlyMap<string, Variable> {
  const weights = new Map<string, Variable>();
  const addAll = (prefix: string, layer: AnyLayer) => {
    for (const weight of layer.weights) weights.set(`${prefix}/${ownName(weight, layer)}`, weight);
  };
  const visit = (layer: AnyLayer) => {
    const name = names.get(layer) ?? layer.name;
    if (isModelType(layer.type)) for (const inner of layer.innerLayers) visit(inner);
    else if (layer.type === 'Bidirectional') {
      for (const inner of layer.innerLayers) addAll(`${name}/${inner.name}`, inner);
    } else addAll(name, layer);
  };
  visit(root);
  return weights;
}

function ownName({ name }: Variable, { type }: AnyLayer): string {
  const own = name.split('/').at(-1) ?? name;
  return type === 'DepthwiseConv2D' && own === 'kernel' ? 'depthwise_kernel' : own;
}

/** Whether a wrapper can hold a layer without two of its weights getting one name. */
export function mayBeWrapped(type: string): boolean {
  return !MODELS.has(type) && type !== 'Bidirectional' && type !== 'TimeDistributed';
}
