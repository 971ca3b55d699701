import { type Graph, topologicalOrder } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { lookup } from '../../util/errors.ts';
import type { Kernel } from '../schedule/kernel.ts';

/** What each kernel computes: its results, and everything between them and values in memory. Views move nothing and are left out. */
export function fusedNodes(graph: Graph, kernels: readonly Kernel[]): (kernel: Kernel) => readonly Node[] {
  const stored = new Set<Node>([...graph.inputs, ...kernels.flatMap(({ results }) => results)]);
  const found = new Map(
    kernels.map((kernel) => {
      const own = new Set<Node>(kernel.results);
      const isGiven = (node: Node) => !own.has(node) && (stored.has(node) || isLeaf(node));
      const order = topologicalOrder(kernel.results, isGiven);
      return [kernel, order.filter((node) => !isGiven(node) && node.primitive.kind !== 'view')] as const;
    }),
  );
  return (kernel) => lookup(found, kernel);
}

/** Nothing is fused through a literal, or through the result of a loop or a branch. */
function isLeaf({ primitive }: Node): boolean {
  return primitive.kind === 'leaf' || primitive.kind === 'part';
}
