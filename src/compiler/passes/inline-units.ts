import { type Graph, topologicalOrder } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { partIndex } from '../../primitives/control/control.ts';
import { inline } from '../../primitives/control/inlined.ts';
import { at } from '../../util/errors.ts';
import { rewrite } from './rewrite.ts';

/** Units of differentiation have done their duty once gradients are taken: what they compute takes their place. */
export function inlineUnits(graph: Graph): Graph {
  if (!hasUnits(graph)) return graph;
  return rewrite(graph, (node) => {
    const [unit] = node.inputs;
    if (node.primitive.kind !== 'part' || !unit || !isUnit(unit)) return undefined;
    const { inputs, outputs } = at(unit.bodies, -1);
    return at(inline({ inputs, outputs: [at(outputs, partIndex(node))] }, unit.inputs), 0);
  });
}

function isUnit({ primitive }: Node): boolean {
  return primitive.kind === 'control' && primitive.isInlined === true;
}

function hasUnits({ inputs, outputs }: Graph): boolean {
  const given = new Set(inputs);
  const order = topologicalOrder(outputs, (node) => given.has(node));
  return order.some((node) => !given.has(node) && (isUnit(node) || node.bodies.some(hasUnits)));
}
