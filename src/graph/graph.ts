import { invariant } from '../util/errors.ts';
import type { Node } from './node.ts';

/** A function of its inputs, as the nodes that compute its outputs. */
export interface Graph {
  /** Leaves in the order of the arguments. */
  readonly inputs: readonly Node[];
  readonly outputs: readonly Node[];
}

/** All nodes that `roots` depend on, each behind its inputs. `isLeaf` cuts the walk. */
export function topologicalOrder(
  roots: readonly Node[],
  isLeaf: (node: Node) => boolean = () => false,
): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  // an explicit stack: graphs are deeper than the call stack
  const stack: { readonly node: Node; readonly inputs: readonly Node[]; next: number }[] = [];
  const enter = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.inputs.length === 0 || isLeaf(node)) order.push(node);
    else stack.push({ node, inputs: node.inputs, next: 0 });
  };
  for (const root of roots) {
    enter(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const input = top.inputs[top.next++];
      if (input) {
        enter(input);
      } else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}

/** A text that two graphs share exactly when they compute the same function of their inputs. */
export function graphKey(graph: Graph): string {
  const names = new Map<Node, string>();
  graph.inputs.forEach((node, i) => {
    names.set(node, `i${i}:${node.dtype}[${node.shape.join()}]`);
  });
  const lines: string[] = [...names.values()];
  for (const node of topologicalOrder(graph.outputs, (n) => names.has(n))) {
    if (names.has(node)) continue;
    invariant(
      node.primitive.kind !== 'leaf' || node.primitive.name !== 'input',
      'a graph that misses an input',
    );
    const args = node.inputs.map((input) => names.get(input)?.split(':')[0]);
    const bodies = node.bodies.map((body) => `{${graphKey(body)}}`).join('');
    lines.push(`${node.primitive.name}(${args.join()})${exactJson(node.attrs)}${bodies}`);
    names.set(node, `${lines.length - 1}`);
  }
  const outputs = graph.outputs.map((node) => names.get(node)?.split(':')[0]);
  return `${lines.join('\n')}\n=> ${outputs.join()}`;
}

/** Plain data as text that tells apart every number: JSON alone would confuse infinities, NaN and -0. */
export function exactJson(value: unknown): string {
  if (typeof value === 'number') return exactNumber(value);
  if (Array.isArray(value)) return `[${value.map(exactJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${members.map(([name, item]) => `"${name}":${exactJson(item)}`).join()}}`;
}

function exactNumber(value: number): string {
  if (Object.is(value, -0)) return '"#-0"';
  return Number.isFinite(value) ? `${value}` : `"#${value}"`;
}
