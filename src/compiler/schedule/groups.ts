import { type Graph, topologicalOrder } from '../../graph/graph.ts';
import { isContiguous } from '../../graph/kernel/view.ts';
import type { Node } from '../../graph/node.ts';
import { at, lookup } from '../../util/errors.ts';
import { sameShape } from '../../util/shapes.ts';
import { Expressions, type Load } from './fusion/expressions.ts';

/** Stored nodes in topological order; elementwise ones of equal shape that share operands stand together. */
export function groupNodes(graph: Graph, stored: ReadonlySet<Node>): Node[][] {
  const inputs = new Set(graph.inputs);
  const groups: Node[][] = [];
  const groupOf = new Map<Node, number>();
  for (const node of topologicalOrder(graph.outputs, (n) => inputs.has(n))) {
    if (node.primitive.kind === 'part') groupOf.set(node, lookup(groupOf, at(node.inputs, 0)));
    if (!isComputed(node, stored) || inputs.has(node)) continue;
    const joined = isElementwise(node) ? findGroup(node, groups, groupOf, stored) : undefined;
    const index = joined ?? groups.push([]) - 1;
    at(groups, index).push(node);
    groupOf.set(node, index);
  }
  return groups;
}

/** Parts come with their control node. A literal is computed where a loop or a branch wants it in memory. */
function isComputed(node: Node, stored: ReadonlySet<Node>): boolean {
  const { kind } = node.primitive;
  return kind === 'control' || (kind !== 'part' && stored.has(node));
}

function isElementwise(node: Node): boolean {
  return node.primitive.kind === 'map' || node.primitive.kind === 'view';
}

/** How far back a kernel looks for another to join. */
const GROUP_REACH = 12;
/** Outputs of one kernel; more would run out of registers. */
const GROUP_LIMIT = 8;

/** The latest group of the same shape that has all `node` needs, before it or as its own results, and shares a load. */
function findGroup(
  node: Node,
  groups: readonly Node[][],
  groupOf: ReadonlyMap<Node, number>,
  stored: ReadonlySet<Node>,
): number | undefined {
  const loads = loadsOf(node, stored);
  for (let index = groups.length - 1; index >= Math.max(0, groups.length - GROUP_REACH); index--) {
    const group = at(groups, index);
    const first = at(group, 0);
    if (!isElementwise(first) || !sameShape(first.shape, node.shape) || group.length >= GROUP_LIMIT) continue;
    const isReady = loads.every(({ source, view }) =>
      group.includes(source) ? isContiguous(view) : (groupOf.get(source) ?? -1) < index,
    );
    if (isReady && shares(group, loads, stored)) return index;
  }
  return undefined;
}

function loadsOf(node: Node, stored: ReadonlySet<Node>): Load[] {
  return [...new Expressions(stored, new Set([node])).loads(node, new Set()).values()];
}

function shares(group: readonly Node[], loads: readonly Load[], stored: ReadonlySet<Node>): boolean {
  const theirs = new Set([
    ...group,
    ...group.flatMap((member) => loadsOf(member, stored).map(({ source }) => source)),
  ]);
  return loads.some(({ source }) => source.shape.length > 0 && theirs.has(source));
}
