import { type Graph, topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Differentiate } from '../graph/primitive.ts';
import { dependentsOf, substitute } from '../graph/substitute.ts';
import { isFloat } from '../util/dtypes.ts';
import { at } from '../util/errors.ts';
import { add, full } from './arithmetic.ts';
import { type ScanAttrs, scan } from './control.ts';
import { constantValue, input } from './leaf.ts';

/**
 * The gradient of a scan is a scan the other way round. It carries the cotangents of the carries and the sums of those
 * of the constants; what it needs of the forward steps' inner values, the forward scan is made to store.
 */
export function scanGradient(
  node: Node,
  cotangents: readonly (Node | null)[],
  differentiate: Differentiate,
): (Node | null)[] {
  const attrs = node.attrs as ScanAttrs;
  const body = at(node.bodies, 0);
  const roles = rolesOf(body, attrs);
  const seeds = seedOutputs(body, cotangents, attrs);
  const step = backwardStep(body, roles, seeds, differentiate);
  const needs = whatStepNeeds(step.outputs, roles, [...present(seeds), ...step.sums]);
  const operand = (source: Node) => at(node.inputs, body.inputs.indexOf(source));
  const carries = [
    ...roles.carries.map((_, i) => startOf(body, roles, cotangents, i)),
    ...roles.constants.map(zeroOf),
  ];
  const walked = [
    ...cotangents.slice(attrs.carries).filter((cotangent) => cotangent !== null),
    ...storedByForward(node, body, needs.saved, attrs),
    ...needs.elements.map(operand),
  ];
  const seedsOf = (from: number, to?: number) => present(seeds.slice(from, to));
  const placeholders = needs.saved.map((value) => input(value));
  const images = new Map(needs.saved.map((value, i) => [value, at(placeholders, i)]));
  const graph: Graph = {
    inputs: [
      ...[...seedsOf(0, attrs.carries), ...step.sums],
      ...[...seedsOf(attrs.carries), ...placeholders, ...needs.elements],
      ...needs.constants,
    ],
    outputs: substitute(step.outputs, images),
  };
  const parts = scan(graph, [...carries, ...walked, ...needs.constants.map(operand)], {
    length: attrs.length,
    reverse: !attrs.reverse,
    carries: carries.length,
    sequences: walked.length,
  });
  const order = [...roles.carries, ...roles.constants, ...roles.elements];
  return body.inputs.map((source) => parts[order.indexOf(source)] ?? null);
}

/** The float inputs of a step by what they are; only these have cotangents. */
interface Roles {
  readonly carries: readonly Node[];
  readonly elements: readonly Node[];
  readonly constants: readonly Node[];
  /** All inputs that are walked along or constant, whatever their dtype. */
  readonly allElements: readonly Node[];
  readonly allConstants: readonly Node[];
}

function rolesOf({ inputs }: Graph, { carries, sequences }: ScanAttrs): Roles {
  const floats = (nodes: readonly Node[]) => nodes.filter(({ dtype }) => isFloat(dtype));
  const allElements = inputs.slice(carries, carries + sequences);
  const allConstants = inputs.slice(carries + sequences);
  return {
    carries: floats(inputs.slice(0, carries)),
    elements: floats(allElements),
    constants: floats(allConstants),
    allElements,
    allConstants,
  };
}

/** A placeholder for the cotangent of each output that has one: always for a carry, which later steps may use. */
function seedOutputs(
  body: Graph,
  cotangents: readonly (Node | null)[],
  { carries }: ScanAttrs,
): (Node | null)[] {
  return body.outputs.map((output, i) =>
    isFloat(output.dtype) && (i < carries || cotangents[i]) ? input(output) : null,
  );
}

/** Cotangents of carries and elements, and the running sums for constants, in terms of one step's values. */
function backwardStep(
  body: Graph,
  { carries, elements, constants }: Roles,
  seeds: readonly (Node | null)[],
  differentiate: Differentiate,
): { readonly sums: readonly Node[]; readonly outputs: readonly Node[] } {
  const seeded = body.outputs.filter((_, i) => seeds[i]);
  const gradients = differentiate(seeded, present(seeds), [...carries, ...constants, ...elements]);
  const [first, last] = [carries.length, carries.length + constants.length];
  const sums = constants.map((constant) => input(constant));
  const nextSums = gradients.slice(first, last).map((gradient, i) => add(at(sums, i), gradient));
  return { sums, outputs: [...gradients.slice(0, first), ...nextSums, ...gradients.slice(last)] };
}

/** Forward values the backward step uses: inputs it can be given again, and inner values that must be saved. */
function whatStepNeeds(outputs: readonly Node[], roles: Roles, own: readonly Node[]) {
  const free = freeValues(outputs, own);
  const elements = roles.allElements.filter((element) => free.has(element));
  const constants = roles.allConstants.filter((constant) => free.has(constant));
  const given = new Set([...elements, ...constants]);
  return { elements, constants, saved: [...free].filter((value) => !given.has(value)) };
}

/** Values used but not computed by `outputs` from `own`. Views and literals are repeated rather than saved. */
function freeValues(outputs: readonly Node[], own: readonly Node[]): Set<Node> {
  const computed = dependentsOf(outputs, own);
  const isRepeated = (node: Node) => node.primitive.kind === 'view' || constantValue(node) !== undefined;
  const isFree = (node: Node) => !computed.has(node) && !isRepeated(node);
  return new Set(topologicalOrder(outputs, isFree).filter(isFree));
}

/** The stacks of inner values, from a forward scan that gives them beside its results. */
function storedByForward(node: Node, body: Graph, saved: readonly Node[], attrs: ScanAttrs): Node[] {
  const parts = scan({ inputs: body.inputs, outputs: [...body.outputs, ...saved] }, node.inputs, attrs);
  return parts.slice(body.outputs.length);
}

/** What the backward scan starts from: the cotangent of the last carry. */
function startOf(body: Graph, { carries }: Roles, cotangents: readonly (Node | null)[], index: number): Node {
  const carry = at(carries, index);
  return cotangents[body.inputs.indexOf(carry)] ?? zeroOf(carry);
}

function zeroOf(value: Node): Node {
  return full(value, 0);
}

function present<T>(items: readonly (T | null)[]): T[] {
  return items.filter((item) => item !== null);
}
