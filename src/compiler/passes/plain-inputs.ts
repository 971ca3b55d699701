import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { substitute } from '../../graph/substitute.ts';
import { input } from '../../primitives/leaf.ts';
import { at } from '../../util/errors.ts';

/**
 * Inputs that were computed by another program are mere inputs: no pass may look at what once computed them, which
 * they may have forgotten.
 */
export function plainInputs(graph: Graph): Graph {
  if (graph.inputs.every(isLeaf)) return graph;
  const inputs = graph.inputs.map((node) => (isLeaf(node) ? node : input(node)));
  const images = new Map<Node, Node>(graph.inputs.map((node, i) => [node, at(inputs, i)]));
  return { inputs, outputs: substitute(graph.outputs, images) };
}

function isLeaf({ primitive }: Node): boolean {
  return primitive.kind === 'leaf';
}
