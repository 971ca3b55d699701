import type { Graph } from '../../graph/graph.ts';
import { commutePooling } from './pool-first.ts';
import { rewrite } from './rewrite.ts';
import { commuteTaking } from './take-last.ts';

/** Reorders what is cheaper in another order, before differentiation, so that the gradient is cheaper too. */
export function reorder(graph: Graph): Graph {
  return rewrite(graph, (node) => commutePooling(node) ?? commuteTaking(node));
}
