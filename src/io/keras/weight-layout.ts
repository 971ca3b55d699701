import type { AnyLayer } from '../../layers/layer.ts';
import { snakeCase } from '../../layers/names.ts';
import type { Variable } from '../../tensor/variable.ts';

/** The weights that a layer owns itself, and where Keras 3 keeps them in its HDF5 files. */
export interface WeightGroup {
  /** Groups from the root to the one that holds `vars`. */
  readonly path: readonly string[];
  /** Name of the layer, which Keras notes beside the weights. */
  readonly name: string;
  /** Names of the layers around it and its own, without the outermost: what does not change with the order of layers. */
  readonly names: readonly string[];
  /** The weights `0`, `1`, ... of the group. */
  readonly variables: readonly Variable[];
}

/** Attributes under which layers of Keras keep the layers inside them, for those that have them in an order of their own. */
const INNER: Readonly<Record<string, readonly string[]>> = {
  Bidirectional: ['forward_layer', 'backward_layer'],
  RNN: ['cell'],
  SimpleRNN: ['cell'],
  LSTM: ['cell'],
  GRU: ['cell'],
  TimeDistributed: ['layer'],
  SpectralNormalization: ['layer'],
};

/** Lists of layers inside a layer. */
const LISTS: Readonly<Record<string, string>> = {
  Sequential: 'layers',
  Functional: 'layers',
  StackedRNNCells: 'cells',
};

/** Layers of Keras inside attention with heads, by the name of the map; ours keeps their weights itself. */
const HEADS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  MultiHeadAttention: {
    query: 'query_dense',
    key: 'key_dense',
    value: 'value_dense',
    gate: '_gate_dense',
    attention_output: 'output_dense',
  },
  GroupQueryAttention: {
    query: '_query_dense',
    key: '_key_dense',
    value: '_value_dense',
    gate: '_gate_dense',
    attention_output: '_output_dense',
  },
};

/** All weights of a built layer or model, group by group as Keras 3 lays them out; shared layers once. */
export function weightLayout(root: AnyLayer): readonly WeightGroup[] {
  const groups: WeightGroup[] = [];
  const seen = new Set<AnyLayer>();
  const visit = (layer: AnyLayer, path: readonly string[], names: readonly string[]) => {
    if (seen.has(layer)) return;
    seen.add(layer);
    groups.push(...ownGroups(layer, path, names));
    innerPaths(layer).forEach((inner, i) => {
      const child = layer.innerLayers[i];
      if (child) visit(child, [...path, ...inner], [...names, child.name]);
    });
  };
  visit(root, [], []);
  return groups;
}

/** The path from a layer to each of those inside. */
function innerPaths({ type, innerLayers }: AnyLayer): readonly (readonly string[])[] {
  const attributes = INNER[type];
  if (attributes) return attributes.map((attribute) => [attribute]);
  const list = LISTS[type];
  if (list === undefined) return innerLayers.map(({ name }) => [name]);
  const counts = new Map<string, number>();
  return innerLayers.map((layer) => {
    const name = snakeCase(layer.type);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [list, count === 0 ? name : `${name}_${count}`];
  });
}

function ownGroups(layer: AnyLayer, path: readonly string[], names: readonly string[]): WeightGroup[] {
  const own = ownVariables(layer);
  const heads = HEADS[layer.type];
  if (!heads) return [{ path, name: layer.name, names, variables: own }];
  const ofHead = (head: string) =>
    own.filter((variable) => variable.name.startsWith(`${layer.path}/${head}/`));
  const groups = Object.entries(heads).map(([head, attribute]) => ({
    path: [...path, attribute],
    name: head,
    names: [...names, head],
    variables: ofHead(head),
  }));
  return [
    { path, name: layer.name, names, variables: [] },
    ...groups.filter(({ variables }) => variables.length > 0),
  ];
}

/** Those that training changes first, as Keras lists them. */
function ownVariables(layer: AnyLayer): readonly Variable[] {
  const inner = new Set(layer.innerLayers.flatMap(({ weights }) => weights));
  const own = layer.weights.filter((weight) => !inner.has(weight));
  const sorted = [...own.filter(({ trainable }) => trainable), ...own.filter(({ trainable }) => !trainable)];
  // Keras's layer holds the kernel that it normalizes as one of its own, too
  const kernel = layer.type === 'SpectralNormalization' ? layer.innerLayers[0]?.weights.slice(0, 1) : [];
  return [...(kernel ?? []), ...sorted];
}
