import { topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { LeafPrimitive } from '../graph/primitive.ts';
import { inScope } from '../graph/scope.ts';
import { partIndex } from '../primitives/control/control.ts';
import { add, full } from '../primitives/elementwise/arithmetic.ts';
import { isFloat } from '../util/dtypes.ts';
import { at, invariant } from '../util/errors.ts';
import { sameShape } from '../util/shapes.ts';

/**
 * Reverse-mode differentiation as a rewrite of the graph: new nodes that compute, for each node of `wrt`,
 * the sum over outputs of cotangent times derivative. The result is an ordinary graph and can be differentiated again.
 * @param outputs float nodes
 * @param cotangents one for each output, of its shape and dtype
 * @returns one node for each of `wrt`, zeros where no output depends on it
 */
export function reverseGradient(
  outputs: readonly Node[],
  cotangents: readonly Node[],
  wrt: readonly Node[],
): Node[] {
  const order = topologicalOrder(outputs);
  const active = dependents(order, wrt);
  const sums = new Map<Node, Node>();
  const accumulate = (node: Node, cotangent: Node) => {
    invariant(
      sameShape(node.shape, cotangent.shape) && node.dtype === cotangent.dtype,
      `cotangent of ${node.primitive.name}: ${cotangent.dtype}[${cotangent.shape}] for ${node.dtype}[${node.shape}]`,
    );
    const sum = sums.get(node);
    sums.set(node, sum ? inScope(node.scope, () => add(sum, cotangent)) : cotangent);
  };
  outputs.forEach((output, i) => {
    accumulate(output, at(cotangents, i));
  });
  const parts = new Map<Node, (Node | null)[]>();
  for (const node of order.reverse()) {
    const cotangent = sums.get(node);
    if (!active.has(node) || node.inputs.length === 0) continue;
    if (node.primitive.kind === 'control') propagateParts(node, parts.get(node), active, accumulate);
    else if (cotangent && node.primitive.kind === 'part') collectPart(node, cotangent, parts);
    else if (cotangent) propagate(node, cotangent, active, accumulate);
  }
  return wrt.map((node) => sums.get(node) ?? full(node, 0));
}

/** The nodes of a topological order that depend on `wrt`, itself included, through float values. */
function dependents(order: readonly Node[], wrt: readonly Node[]): Set<Node> {
  const active = new Set(wrt);
  for (const node of order) {
    if (isFloat(node.dtype) && node.inputs.some((input) => active.has(input))) active.add(node);
  }
  return active;
}

function propagate(
  node: Node,
  cotangent: Node,
  active: Set<Node>,
  accumulate: (node: Node, cotangent: Node) => void,
): void {
  const wants = (input: number) => active.has(at(node.inputs, input));
  // the attributes fit the rule: both come from the same primitive
  const { gradient } = node.primitive as LeafPrimitive;
  const context = { inputs: node.inputs, output: node, cotangent, attrs: node.attrs, wants };
  const gradients = inScope(node.scope, () => gradient(context));
  gradients.forEach((gradientOfInput, i) => {
    if (gradientOfInput && wants(i)) accumulate(at(node.inputs, i), gradientOfInput);
  });
}

/** Keeps the cotangent of a part until its control node is reached. */
function collectPart(part: Node, cotangent: Node, parts: Map<Node, (Node | null)[]>): void {
  const control = at(part.inputs, 0);
  const known = parts.get(control) ?? [];
  const index = partIndex(part);
  const sum = known[index];
  known[index] = sum ? add(sum, cotangent) : cotangent;
  parts.set(control, known);
}

function propagateParts(
  node: Node,
  known: readonly (Node | null)[] | undefined,
  active: Set<Node>,
  accumulate: (node: Node, cotangent: Node) => void,
): void {
  const { primitive } = node;
  if (!known || primitive.kind !== 'control') return;
  const results = at(node.bodies, -1).outputs.length;
  const cotangents = Array.from({ length: results }, (_, i) => known[i] ?? null);
  const gradients = inScope(node.scope, () => primitive.partGradient(node, cotangents, reverseGradient));
  gradients.forEach((gradient, i) => {
    const source = at(node.inputs, i);
    if (gradient && active.has(source)) accumulate(source, gradient);
  });
}
