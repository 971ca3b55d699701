import type { BatchShape } from '../layers/batch-shape.ts';
import type { AnyLayer } from '../layers/layer.ts';
import type { TensorSpec } from '../layers/symbolic-tensor.ts';
import { bytesPerElement } from '../util/dtypes.ts';
import { sizeOf } from '../util/shapes.ts';
import { type Use, usesOf } from './layer-uses.ts';
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
