import { layerToConfig } from '../layers/layer-config.ts';
import type { Parts, Several } from '../layers/several.ts';
import { type LayerCall, SymbolicTensor } from '../layers/symbolic-tensor.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { DType } from '../util/dtypes.ts';
import { lookup } from '../util/errors.ts';
import type { ModelGraph } from './graph.ts';

/** A value of a graph: name of the layer, which of its applications, which of the results. As Keras. */
export type ValueReference = readonly [layer: string, call: number, result: number];

/** A tensor that a graph holds. */
export interface ConstantConfig {
  readonly constant: {
    readonly dtype: DType;
    readonly shape: readonly number[];
    readonly data: readonly number[];
  };
}

/** An application of a layer. */
export interface CallConfig {
  readonly inputs: Several<ValueReference | ConstantConfig>;
  /** `training` and arguments of the layer's own. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A layer of a graph and its applications. */
export interface GraphLayerConfig {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly calls: readonly CallConfig[];
}

/** A graph as plain data. */
export interface GraphConfig {
  readonly layers: readonly GraphLayerConfig[];
  readonly inputs: Several<ValueReference>;
  readonly outputs: Several<ValueReference>;
}

/** Writes a graph down. */
export function graphConfig(
  graph: ModelGraph,
  inputs: Parts<SymbolicTensor>,
  outputs: Parts<SymbolicTensor>,
): GraphConfig {
  const numbers = numberCalls(graph);
  const referTo = (value: SymbolicTensor): ValueReference => {
    const { source, index, name } = graph.resolve(value);
    return [name, lookup(numbers, source), index];
  };
  const layers = graph.layers.map((layer) => {
    const calls = graph.calls.filter((call) => call.layer === layer);
    return { ...layerToConfig(layer), calls: calls.map((call) => callConfig(call, referTo)) };
  });
  return {
    layers,
    inputs: inputs.rebuild(inputs.items.map(referTo)),
    outputs: outputs.rebuild(outputs.items.map(referTo)),
  };
}

/** The number of each call among those of its layer. */
function numberCalls({ calls, inputs }: ModelGraph): Map<LayerCall, number> {
  const numbers = new Map(inputs.map(({ source }) => [source, 0]));
  const counts = new Map<LayerCall['layer'], number>();
  for (const call of calls) {
    const number = counts.get(call.layer) ?? 0;
    numbers.set(call, number);
    counts.set(call.layer, number + 1);
  }
  return numbers;
}

function callConfig(
  { inputs, options }: LayerCall,
  referTo: (value: SymbolicTensor) => ValueReference,
): CallConfig {
  const items = inputs.items.map((item) =>
    item instanceof SymbolicTensor ? referTo(item) : constantConfig(item),
  );
  return { inputs: inputs.rebuild(items), options };
}

function constantConfig(value: Tensor): ConstantConfig {
  return { constant: { dtype: value.dtype, shape: value.shape, data: [...value.dataSync()] } };
}
