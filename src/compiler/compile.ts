import type { Graph } from '../graph/graph.ts';
import { Node } from '../graph/node.ts';
import { alias } from '../primitives/leaf.ts';
import { type Externals, type Places, placeBuffers } from './memory/places.ts';
import { simplify } from './passes/simplify.ts';
import type { Expand } from './schedule/expansion.ts';
import { makeKernels } from './schedule/kernels.ts';
import { makePhases, type Phase } from './schedule/phases.ts';

/** A program ready to be turned into code: what runs when, and where everything lies. */
export interface Plan extends Externals {
  readonly phases: readonly Phase[];
  readonly places: Places;
}

/** Simplifies a graph, cuts it into kernels, orders them in phases, and plans the memory. */
export function plan(graph: Graph, donated: readonly (number | null)[], expand: Expand): Plan {
  const { kernels, inputs, outputs } = makeKernels(distinctOutputs(simplify(graph)), expand);
  const phases = makePhases(kernels);
  const externals = { inputs, outputs, donated };
  return { ...externals, phases, places: placeBuffers(phases, externals) };
}

/** Every output gets memory of its own: one that is an input, or the same as another, is copied. */
function distinctOutputs(graph: Graph): Graph {
  const taken = new Set<Node>(graph.inputs);
  const outputs = graph.outputs.map((node) => {
    const isOwn = !taken.has(node) && node.primitive.kind !== 'leaf';
    const output = isOwn ? node : new Node(alias.primitive, [node], {}, node);
    taken.add(output);
    return output;
  });
  return { inputs: graph.inputs, outputs };
}
