import { type Graph, topologicalOrder } from './graph.ts';
import { Node } from './node.ts';
import { inScope } from './scope.ts';

/** Copies of `roots` in which nodes of the map, wherever they occur, are replaced by their images. */
export function substitute(roots: readonly Node[], images: ReadonlyMap<Node, Node>): Node[] {
  const copies = new Map<Node, Node>(images);
  for (const node of topologicalOrder(roots, (n) => images.has(n))) {
    if (copies.has(node)) continue;
    const inputs = node.inputs.map((input) => copies.get(input) ?? input);
    const isSame = inputs.every((input, i) => input === node.inputs[i]);
    copies.set(node, isSame ? node : copyOf(node, inputs, node.bodies));
  }
  return roots.map((root) => copies.get(root) ?? root);
}

/** The nodes of a graph that depend on `sources`, themselves included. */
export function dependentsOf(roots: readonly Node[], sources: Iterable<Node>): Set<Node> {
  const dependents = new Set(sources);
  for (const node of topologicalOrder(roots)) {
    if (node.inputs.some((input) => dependents.has(input))) dependents.add(node);
  }
  return dependents;
}

/** The same graph in nodes of its own, which keep their inputs whatever happens to the originals. */
export function copyGraph(graph: Graph): Graph {
  const images = new Map(graph.inputs.map((node) => [node, node]));
  for (const node of topologicalOrder(graph.outputs, (n) => images.has(n))) {
    if (images.has(node)) continue;
    const inputs = node.inputs.map((input) => images.get(input) ?? input);
    images.set(node, copyOf(node, inputs, node.bodies.map(copyGraph)));
  }
  return { inputs: graph.inputs, outputs: graph.outputs.map((node) => images.get(node) ?? node) };
}

/** The same operation on other inputs, made in the same place of the model. */
function copyOf(node: Node, inputs: readonly Node[], bodies: readonly Graph[]): Node {
  return inScope(node.scope, () => new Node(node.primitive, inputs, node.attrs, node, bodies));
}
