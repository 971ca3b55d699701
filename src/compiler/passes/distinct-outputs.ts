import type { Graph } from '../../graph/graph.ts';
import { Node } from '../../graph/node.ts';
import { alias } from '../../primitives/leaf.ts';

/** Every output gets memory of its own: one that is an input, a literal, or the same as another, is copied. */
export function distinctOutputs(graph: Graph): Graph {
  const taken = new Set<Node>(graph.inputs);
  const outputs = graph.outputs.map((node) => {
    const isOwn = !taken.has(node) && node.primitive.kind !== 'leaf';
    const output = isOwn ? node : new Node(alias.primitive, [node], {}, node);
    taken.add(output);
    return output;
  });
  return { inputs: graph.inputs, outputs };
}
