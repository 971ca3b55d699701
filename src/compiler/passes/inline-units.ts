import type { Graph } from '../../graph/graph.ts';
import { partIndex } from '../../primitives/control.ts';
import { inline } from '../../primitives/inlined.ts';
import { at } from '../../util/errors.ts';
import { rewrite } from './rewrite.ts';

/** Units of differentiation have done their duty once gradients are taken: what they compute takes their place. */
export function inlineUnits(graph: Graph): Graph {
  return rewrite(graph, (node) => {
    if (node.primitive.kind !== 'part') return undefined;
    const unit = at(node.inputs, 0);
    if (unit.primitive.kind !== 'control' || !unit.primitive.isInlined) return undefined;
    const { inputs, outputs } = at(unit.bodies, -1);
    return at(inline({ inputs, outputs: [at(outputs, partIndex(node))] }, unit.inputs), 0);
  });
}
