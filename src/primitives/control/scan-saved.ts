import { topologicalOrder } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { dependentsOf } from '../../graph/substitute.ts';
import { constantValue } from '../leaf.ts';

/** Elementwise work that takes less time than to store its result in one loop and load it in another. */
const CHEAP = new Set(['add', 'sub', 'mul', 'neg', 'cast', 'select', 'lt', 'le', 'eq', 'not', 'and', 'or']);
/** So many operations on the way to a value are still done again. */
const REACH = 3;

/**
 * Values used but not computed by `outputs` from `own`: what a backward step must be given. Views, literals, and cheap
 * functions of what it is given anyway are repeated rather than saved: of a gate its value, not the slope too.
 * @param isGiven inputs of the forward step that cost nothing to have again
 */
export function freeValues(
  outputs: readonly Node[],
  own: readonly Node[],
  isGiven: (node: Node) => boolean,
): Set<Node> {
  const computed = dependentsOf(outputs, own);
  const used = (isRepeated: (node: Node) => boolean) => {
    const isFree = (node: Node) => !computed.has(node) && !isRepeated(node);
    return new Set(topologicalOrder(outputs, isFree).filter(isFree));
  };
  const free = used(isRearranged);
  const again = new Set<Node>();
  for (const node of free) collectRepeated(node, (value) => free.has(value) || isGiven(value), again);
  return used((node) => isRearranged(node) || again.has(node));
}

function isRearranged(node: Node): boolean {
  return node.primitive.kind === 'view' || constantValue(node) !== undefined;
}

/** Adds a cheap function of values that are at hand to `again`, with all that lies between. */
function collectRepeated(node: Node, isAtHand: (node: Node) => boolean, again: Set<Node>): void {
  const between: Node[] = [];
  const comesFromHand = (value: Node, reach: number): boolean => {
    if (isRearranged(value)) return value.inputs.every((input) => isReached(input, reach));
    if (!CHEAP.has(value.primitive.name) || reach === 0) return false;
    between.push(value);
    return value.inputs.every((input) => isReached(input, reach - 1));
  };
  const isReached = (value: Node, reach: number) => isAtHand(value) || comesFromHand(value, reach);
  const isCheap = CHEAP.has(node.primitive.name);
  if (isCheap && comesFromHand(node, REACH)) for (const value of between) again.add(value);
}
