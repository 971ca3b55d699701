import { type BatchShape, isOneShape } from '../layers/batch-shape.ts';
import { InputLayer } from '../layers/core/input.ts';
import type { AnyLayer } from '../layers/layer.ts';
import { partsOf, type Several } from '../layers/several.ts';
import type { LayerCall, TensorSpec } from '../layers/symbolic-tensor.ts';
import { bytesPerElement } from '../util/dtypes.ts';
import { sizeOf } from '../util/shapes.ts';
import type { AnyModel } from './model.ts';
import { multiplyAdds } from './work.ts';

/** What a layer costs, for one example; several applications of it together. */
export interface LayerCost {
  readonly layer: AnyLayer;
  /** Of its first application. */
  readonly outputShapes: readonly BatchShape[];
  readonly params: number;
  /** Of the forward pass. */
  readonly multiplyAdds: number;
  /** Bytes of the output, which training keeps for the way back. */
  readonly activationBytes: number;
  /** Names of the layers whose results it takes. */
  readonly sources: readonly string[];
}

/** Whether the layer is a model, which has layers to list. */
export function isModel(layer: AnyLayer): layer is AnyModel {
  return 'usesOf' in layer;
}

/** One application of a layer. */
interface Use {
  readonly inputs: Several<BatchShape>;
  readonly outputs: readonly TensorSpec[];
  readonly sources: readonly string[];
}

/** The cost of each layer of a built model. @throws AntlerValueError before the model is built */
export function layerCosts(model: AnyModel): LayerCost[] {
  model.requireBuiltShapes('summary');
  return model.innerLayers.map((layer) => costOf(layer, usesOf(model, layer)));
}

/** Whether each layer takes what the one before gives, and nothing else. */
export function isChain(costs: readonly LayerCost[]): boolean {
  return costs.every(({ sources }, i) => {
    const previous = costs[i - 1];
    return previous ? sources.length === 1 && sources[0] === previous.layer.name : sources.length === 0;
  });
}

function costOf(layer: AnyLayer, uses: readonly Use[]): LayerCost {
  const total = (figure: (use: Use) => number) => uses.reduce((sum, use) => sum + figure(use), 0);
  return {
    layer,
    outputShapes: uses[0]?.outputs.map(({ shape }) => shape) ?? [],
    params: layer.countParams(),
    multiplyAdds: total(({ inputs }) => multiplyAdds(layer, inputs)),
    activationBytes: total(({ outputs }) => outputs.reduce((bytes, output) => bytes + bytesOf(output), 0)),
    sources: uses.flatMap(({ sources }) => sources),
  };
}

/** Bytes for one example; an extent that varies counts 1. */
function bytesOf({ shape, dtype }: TensorSpec): number {
  return sizeOf(shape.slice(1).map((extent) => extent ?? 1)) * bytesPerElement(dtype);
}

function usesOf(model: AnyModel, layer: AnyLayer): Use[] {
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
  const specs = parts.items.map((shape) => ({ shape, dtype: layer.dtype }));
  const previous = model.innerLayers[model.innerLayers.indexOf(layer) - 1];
  return {
    inputs,
    outputs: layer.inferOutputs({ ...parts, items: specs }).items,
    sources: previous ? [previous.name] : [],
  };
}
