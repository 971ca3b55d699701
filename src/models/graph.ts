import { InputLayer, symbolicInput } from '../layers/core/input.ts';
import type { AnyLayer } from '../layers/layer.ts';
import { type LayerCall, SymbolicTensor } from '../layers/symbolic-tensor.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, lookup } from '../util/errors.ts';

/** The layers between the inputs and outputs of a model, and in which order they are called. */
export interface ModelGraph {
  /** Symbolic values of input layers. */
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  /** The applications of layers, each behind those it needs; inputs are not among them. */
  readonly calls: readonly LayerCall[];
  /** Every layer once, in Keras's order: by distance from the outputs, input layers too. */
  readonly layers: readonly AnyLayer[];
  /** The value that stands for another in this graph: an input layer's for an inner value taken as input. */
  resolve(value: SymbolicTensor): SymbolicTensor;
}

/**
 * Finds the graph between inputs and outputs.
 * @throws AntlerValueError if an output does not follow from the inputs
 */
export function traceGraph(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
  where: string,
): ModelGraph {
  const standIns = new Map(inputs.map((value) => [value, standIn(value)]));
  const resolve = (value: SymbolicTensor) => standIns.get(value) ?? value;
  const roots = new Set([...standIns.values()].map(({ source }) => source));
  const ends = outputs.map(resolve);
  const { order, found } = visit(ends, { roots, resolve, where });
  const depths = depthsOf(order, resolve);
  const byDepth = <T>(items: readonly T[], depth: (item: T) => number) =>
    [...items].sort((a, b) => depth(b) - depth(a));
  const unused = [...roots].filter(({ layer }) => !found.has(layer)).map(({ layer }) => layer);
  return {
    inputs: inputs.map(resolve),
    outputs: ends,
    calls: byDepth(order, (call) => lookup(depths.ofCalls, call)).filter((call) => !roots.has(call)),
    layers: [...byDepth([...found], (layer) => lookup(depths.ofLayers, layer)), ...unused],
    resolve,
  };
}

/** An inner value that is taken as input gets an input layer of its own. */
function standIn(value: SymbolicTensor): SymbolicTensor {
  if (value.source.layer instanceof InputLayer) return value;
  const [batch = null, ...shape] = value.shape;
  return symbolicInput({
    shape,
    dtype: value.dtype,
    name: `${value.name}_input`,
    ...(batch === null ? {} : { batchSize: batch }),
  });
}

interface Borders {
  readonly roots: ReadonlySet<LayerCall>;
  readonly where: string;
  resolve(value: SymbolicTensor): SymbolicTensor;
}

interface Visited {
  /** Calls, each behind those it needs. */
  readonly order: readonly LayerCall[];
  /** Layers in the order in which they were met on the way from the outputs. */
  readonly found: ReadonlySet<AnyLayer>;
}

function visit(outputs: readonly SymbolicTensor[], { roots, resolve, where }: Borders): Visited {
  const order = new Set<LayerCall>();
  const found = new Set<AnyLayer>();
  const reach = (value: SymbolicTensor, path: readonly LayerCall[]) => {
    const { source } = value;
    if (order.has(source)) return;
    found.add(source.layer);
    if (source.layer instanceof InputLayer && !roots.has(source))
      throw disconnected(source.layer, path, where);
    for (const input of symbolsOf(source)) reach(resolve(input), [...path, source]);
    order.add(source);
  };
  for (const output of outputs) reach(output, []);
  return { order: [...order], found };
}

/** The symbolic values that a call needs. */
export function symbolsOf({ inputs }: LayerCall): SymbolicTensor[] {
  return inputs.items.filter((item: SymbolicTensor | Tensor) => item instanceof SymbolicTensor);
}

function disconnected(input: AnyLayer, path: readonly LayerCall[], where: string): AntlerValueError {
  const through = path.map(({ layer }) => layer.name).reverse();
  return new AntlerValueError({
    where,
    expected: 'outputs that follow from the inputs',
    got: `one that needs the input '${input.name}'${through.length > 0 ? ` through ${through.join(', ')}` : ''}`,
    fix: 'put it among the inputs',
  });
}

/** The largest number of calls between a call, or any call of a layer, and an output. As Keras counts. */
function depthsOf(order: readonly LayerCall[], resolve: (value: SymbolicTensor) => SymbolicTensor) {
  const ofCalls = new Map<LayerCall, number>();
  const ofLayers = new Map<AnyLayer, number>();
  for (const call of order.toReversed()) {
    const depth = Math.max(ofCalls.get(call) ?? 0, ofLayers.get(call.layer) ?? 0);
    ofCalls.set(call, depth);
    ofLayers.set(call.layer, depth);
    for (const { source } of symbolsOf(call).map(resolve)) {
      ofCalls.set(source, Math.max(depth + 1, ofCalls.get(source) ?? 0));
    }
  }
  return { ofCalls, ofLayers };
}
