import { exactJson, type Graph, graphKey, topologicalOrder } from '../../graph/graph.ts';
import { Node } from '../../graph/node.ts';
import { inScope } from '../../graph/scope.ts';
import { invariant } from '../../util/errors.ts';

/** Replaces a node whose inputs are rewritten already, or gives undefined to keep it. */
export type Rule = (node: Node) => Node | undefined;

/** A graph in which every node is replaced as `rule` says, inputs before their users. Equal nodes become one. */
export function rewrite(graph: Graph, rule: Rule): Graph {
  const inputs = new Set(graph.inputs);
  const replaced = new Map<Node, Node>();
  const known = new Map<string, Node>();
  const replacement = (node: Node): Node => {
    const found = replaced.get(node);
    invariant(found, 'inputs are rewritten before their users');
    return found;
  };
  for (const node of topologicalOrder(graph.outputs, (n) => inputs.has(n))) {
    if (inputs.has(node) || hasForgotten(node)) {
      replaced.set(node, node);
    } else {
      const rewritten = inScope(node.scope, () => {
        const copy = withParts(
          node,
          node.inputs.map(replacement),
          node.bodies.map((body) => rewrite(body, rule)),
        );
        return rule(copy) ?? copy;
      });
      replaced.set(node, unique(rewritten, known));
    }
  }
  return { inputs: graph.inputs, outputs: graph.outputs.map((node) => replaced.get(node) ?? node) };
}

/** Whether a node holds its value and no longer knows its inputs, so that nothing tells it from others of its kind. */
function hasForgotten({ value, inputs }: Node): boolean {
  return value !== undefined && inputs.length === 0;
}

function withParts(node: Node, inputs: readonly Node[], bodies: readonly Graph[]): Node {
  const isSame = (body: Graph, i: number) =>
    body.outputs.every((output, o) => output === node.bodies[i]?.outputs[o]);
  const unchanged = inputs.every((input, i) => input === node.inputs[i]) && bodies.every(isSame);
  return unchanged ? node : new Node(node.primitive, inputs, node.attrs, node, bodies);
}

/** The first node seen that computes the same: common subexpressions are computed once. */
function unique(node: Node, known: Map<string, Node>): Node {
  if (node.primitive.kind === 'leaf' && node.primitive.name === 'input') return node;
  const bodies = node.bodies.map(graphKey).join('|');
  const key = `${node.primitive.name}(${node.inputs.map(({ id }) => id).join()})${exactJson(node.attrs)}${bodies}`;
  const twin = known.get(key);
  if (twin) return twin;
  known.set(key, node);
  return node;
}
