import { type Graph, topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Differentiate } from '../graph/primitive.ts';
import { dependentsOf, substitute } from '../graph/substitute.ts';
import { isFloat } from '../util/dtypes.ts';
import { at } from '../util/errors.ts';
import { add, full } from './arithmetic.ts';
import { type ScanAttrs, scan } from './control.ts';
import { input } from './leaf.ts';

/** What the backward step takes from the forward step. */
interface Saved {
  readonly node: Node;
  readonly placeholder: Node;
}

/**
 * The gradient of a scan is a scan the other way round. Its step is the gradient of the forward step; what it needs of
 * the forward step's inner values, the forward scan is made to store.
 */
export function scanGradient(
  node: Node,
  cotangents: readonly (Node | null)[],
  differentiate: Differentiate,
): (Node | null)[] {
  const attrs = node.attrs as ScanAttrs;
  const body = at(node.bodies, 0);
  const step = backwardStep(body, cotangents, attrs, differentiate);
  const forward = forwardWithSaved(node, body, step.saved, attrs);
  const parts = scan(step.graph, [...step.initial, ...step.sequences(node, forward), ...step.constants(node)], {
    length: attrs.length,
    reverse: !attrs.reverse,
    carries: step.initial.length,
    sequences: step.sequenceCount,
  });
  return step.collect(parts);
}

/** The stacks of the saved values, from a scan that gives them beside the results. */
function forwardWithSaved(node: Node, body: Graph, saved: readonly Saved[], attrs: ScanAttrs): Node[] {
  const inner = saved.map(({ node: value }) => value);
  const parts = scan({ inputs: body.inputs, outputs: [...body.outputs, ...inner] }, node.inputs, attrs);
  return parts.slice(body.outputs.length);
}

interface BackwardStep {
  readonly graph: Graph;
  readonly saved: readonly Saved[];
  readonly initial: readonly Node[];
  readonly sequenceCount: number;
  sequences(node: Node, savedStacks: readonly Node[]): Node[];
  constants(node: Node): Node[];
  /** The cotangent of every input of the forward scan. */
  collect(parts: readonly Node[]): (Node | null)[];
}

function backwardStep(body: Graph, cotangents: readonly (Node | null)[], attrs: ScanAttrs, differentiate: Differentiate): BackwardStep {
  const { carries: carryCount, sequences } = attrs;
  const floats = (nodes: readonly Node[]) => nodes.filter(({ dtype }) => isFloat(dtype));
  const carriesIn = body.inputs.slice(0, carryCount);
  const elements = body.inputs.slice(carryCount, carryCount + sequences);
  const constants = body.inputs.slice(carryCount + sequences);
  const carried = body.outputs.slice(0, carryCount);
  const seeds = body.outputs.map((output, i) => (isFloat(output.dtype) && (i < carryCount || cotangents[i]) ? input(output) : null));
  const seeded = body.outputs.filter((_, i) => seeds[i]);
  const wrt = [...floats(carriesIn), ...floats(elements), ...floats(constants)];
  const gradients = differentiate(seeded, seeds.filter((seed) => seed !== null), wrt);
  const gradientOf = new Map(wrt.map((source, i) => [source, at(gradients, i)]));
  const sums = floats(constants).map((constant) => input(constant));
  const nextSums = floats(constants).map((constant, i) => add(at(sums, i), gradientOf.get(constant) ?? full(constant, 0)));
  const outputs = [...floats(carriesIn).map((c) => gradientOf.get(c) ?? c), ...nextSums, ...floats(elements).map((e) => gradientOf.get(e) ?? e)];
  const free = frontier(outputs, [...seeds.filter((seed) => seed !== null), ...sums]);
  const passedElements = elements.filter((element) => free.has(element));
  const passedConstants = constants.filter((constant) => free.has(constant));
  const saved = [...free].filter((n) => !passedElements.includes(n) && !passedConstants.includes(n)).map((n) => ({ node: n, placeholder: input(n) }));
  const stepOutputs = substitute(outputs, new Map(saved.map(({ node, placeholder }) => [node, placeholder])));
  const carrySeeds = seeds.slice(0, carryCount).filter((seed) => seed !== null);
  const resultSeeds = seeds.slice(carryCount).filter((seed) => seed !== null);
  const zeroOf = (output: Node) => full(output, 0);
  return {
    graph: {
      inputs: [...carrySeeds, ...sums, ...resultSeeds, ...saved.map(({ placeholder }) => placeholder), ...passedElements, ...passedConstants],
      outputs: stepOutputs,
    },
    saved,
    initial: [...carried.flatMap((output, i) => (isFloat(output.dtype) ? [cotangents[i] ?? zeroOf(output)] : [])), ...floats(constants).map(zeroOf)],
    sequenceCount: resultSeeds.length + saved.length + passedElements.length,
    sequences: (node, stacks) => [
      ...cotangents.slice(carryCount).filter((cotangent, i) => cotangent !== null && seeds[carryCount + i]).filter((c) => c !== null),
      ...stacks,
      ...passedElements.map((element) => at(node.inputs, body.inputs.indexOf(element))),
    ],
    constants: (node) => passedConstants.map((constant) => at(node.inputs, body.inputs.indexOf(constant))),
    collect: (parts) => {
      const order = [...floats(carriesIn), ...floats(constants), ...floats(elements)];
      return body.inputs.map((source) => parts[order.indexOf(source)] ?? null);
    },
  };
}

/** Values the backward step uses but does not compute. Views are repeated rather than saved. */
function frontier(outputs: readonly Node[], seeds: readonly Node[]): Set<Node> {
  const backward = dependentsOf(outputs, seeds);
  const free = new Set<Node>();
  const isOwn = (node: Node): boolean =>
    backward.has(node) || (node.primitive.kind === 'leaf' && node.primitive.name === 'constant') || node.primitive.kind === 'view';
  const isConstant = (node: Node): boolean => node.primitive.kind === 'leaf' && node.primitive.name === 'constant';
  for (const node of topologicalOrder(outputs, (n) => !isOwn(n))) {
    if (!isOwn(node) && !isConstant(node)) free.add(node);
  }
  for (const seed of seeds) free.delete(seed);
  return free;
}
