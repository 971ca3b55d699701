import { type BatchShape, isOneShape } from '../layers/batch-shape.ts';
import { InputLayer } from '../layers/core/input.ts';
import type { AnyLayer } from '../layers/layer.ts';
import { partsOf, type Several } from '../layers/several.ts';
import type { LayerCall, TensorSpec } from '../layers/symbolic-tensor.ts';
import type { AnyModel } from './model.ts';

/** One application of a layer in a model. */
export interface Use {
  readonly inputs: Several<BatchShape>;
  readonly outputs: readonly TensorSpec[];
  /** Names of the layers whose results it takes. */
  readonly sources: readonly string[];
}

/** Whether the layer is a model, which has layers to list. */
export function isModel(layer: AnyLayer): layer is AnyModel {
  return 'usesOf' in layer;
}

/** The applications of a layer in a built model. */
export function usesOf(model: AnyModel, layer: AnyLayer): Use[] {
  const calls = model.usesOf(layer);
  if (!calls) return [builtUse(model, layer)];
  if (layer instanceof InputLayer) {
    const output = { shape: layer.batchShape, dtype: layer.elementDType };
    return [{ inputs: layer.batchShape, outputs: [output], sources: [] }];
  }
  return calls.map(({ call, sources }) => callUse(call, sources));
}

function callUse({ inputs, layer, options }: LayerCall, sources: readonly string[]): Use {
  return {
    inputs: inputs.rebuild(inputs.items.map(({ shape }) => shape)),
    outputs: layer.inferOutputs(inputs, options).items,
    sources,
  };
}

/** Outside of graphs a layer is known by the shape it was built for, and stands behind the one before. */
function builtUse(model: AnyModel, layer: AnyLayer): Use {
  const inputs = layer.builtShape ?? [];
  const parts = partsOf(inputs, isOneShape);
  const specs = parts.items.map((shape) => ({ shape, dtype: layer.computeDtype }));
  const previous = model.innerLayers[model.innerLayers.indexOf(layer) - 1];
  return {
    inputs,
    outputs: layer.inferOutputs({ ...parts, items: specs }).items,
    sources: previous ? [previous.name] : [],
  };
}
