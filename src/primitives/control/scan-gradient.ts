import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import type { Differentiate } from '../../graph/primitive.ts';
import { at } from '../../util/errors.ts';
import { full } from '../elementwise/arithmetic.ts';
import { type ScanAttrs, scan } from './control.ts';
import { type BackwardStep, backwardStep } from './scan-step.ts';

/**
 * The gradient of a scan is a scan the other way round. It carries the cotangents of the carries and the sums of those
 * of the constants, unless one product behind it can compute such a sum; what it needs of the forward steps' inner
 * values, the forward scan is made to store.
 */
export function scanGradient(
  node: Node,
  cotangents: readonly (Node | null)[],
  differentiate: Differentiate,
): (Node | null)[] {
  const attrs = node.attrs as ScanAttrs;
  const body = at(node.bodies, 0);
  const step = backwardStep(body, attrs, cotangents, differentiate);
  const stacks = storedByForward(node, body, step.forward, attrs);
  const operand = (source: Node) => at(node.inputs, body.inputs.indexOf(source));
  const carries = [
    ...step.carries.map(({ source }) => cotangents[body.inputs.indexOf(source)] ?? zeroOf(source)),
    ...step.running.map(({ source }) => zeroOf(source)),
  ];
  const walked = [
    ...cotangents.slice(attrs.carries).filter((cotangent) => cotangent !== null),
    ...stacks.slice(0, step.saved.length),
    ...step.givenElements.map(operand),
  ];
  const parts = scan(step.graph, [...carries, ...walked, ...step.givenConstants.map(operand)], {
    length: attrs.length,
    reverse: !attrs.reverse,
    carries: carries.length,
    sequences: walked.length,
  });
  const stackOf = (value: Node): Node => {
    const place = step.outputs.indexOf(value, carries.length);
    if (place >= 0) return at(parts, place);
    const stored = stacks[step.forward.indexOf(value)];
    return stored ?? operand(value);
  };
  return gradientsOf(body, step, parts, stackOf);
}

/** The gradients of the scan's inputs, in their order. */
function gradientsOf(
  body: Graph,
  { carries, running, elements, stacked }: BackwardStep,
  parts: readonly Node[],
  stackOf: (value: Node) => Node,
): (Node | null)[] {
  const gradients = new Map<Node, Node>();
  [...carries, ...running, ...elements].forEach(({ source }, i) => {
    gradients.set(source, at(parts, i));
  });
  for (const { source, sum } of stacked) gradients.set(source, sum.compute(stackOf));
  return body.inputs.map((source) => gradients.get(source) ?? null);
}

/** The stacks of inner values, from a forward scan that gives them beside its results. */
function storedByForward(node: Node, body: Graph, saved: readonly Node[], attrs: ScanAttrs): Node[] {
  const parts = scan({ inputs: body.inputs, outputs: [...body.outputs, ...saved] }, node.inputs, attrs);
  return parts.slice(body.outputs.length);
}

function zeroOf(value: Node): Node {
  return full(value, 0);
}
