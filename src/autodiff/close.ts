import { type Graph, topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { dependentsOf, substitute } from '../graph/substitute.ts';
import { constantValue, input } from '../primitives/leaf.ts';

/** A graph that needs nothing but its inputs. */
export interface Closed {
  readonly body: Graph;
  /** What the inputs behind the given ones stand for. */
  readonly constants: readonly Node[];
}

/** Makes inputs of the outside values that `outputs` use: what does not depend on `sources` is computed once, before. */
export function close(sources: readonly Node[], outputs: readonly Node[]): Closed {
  const inner = dependentsOf(outputs, sources);
  const outside = new Set<Node>();
  for (const node of topologicalOrder(outputs, (n) => !inner.has(n))) {
    if (!inner.has(node) && constantValue(node) === undefined) outside.add(node);
  }
  const images = new Map([...outside].map((node) => [node, input(node)]));
  return {
    body: { inputs: [...sources, ...images.values()], outputs: substitute(outputs, images) },
    constants: [...outside],
  };
}
