import { type Graph, topologicalOrder } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { at } from '../../util/errors.ts';
import type { ExplainedGraph, ExplainedNode } from './explanation.ts';

/** Names of the inputs and outputs of a graph, in their order. */
export interface GraphNames {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The node's identity in the name of a buffer. */
const BUFFER_NODE = /#(\d+)/;

/** Small numbers for the nodes of one graph and its bodies, in the order in which they are shown. */
export class NodeNumbers {
  readonly #numbers = new Map<number, number>();
  readonly #nodes = new Map<number, Node>();

  constructor(graph: Graph) {
    this.#add(graph);
  }

  of({ id }: Node): number {
    return this.#numbers.get(id) ?? -1;
  }

  /** The name of a buffer, with the node's number in place of its identity. */
  rename(buffer: string): string {
    return buffer.replace(BUFFER_NODE, (_, id) => `#${this.#numbers.get(Number(id)) ?? id}`);
  }

  /** The node whose value, or part of it, a buffer holds. */
  nodeOf(buffer: string): Node | undefined {
    return this.#nodes.get(Number(BUFFER_NODE.exec(buffer)?.[1]));
  }

  #add(graph: Graph): void {
    for (const node of nodesOf(graph)) {
      if (!this.#numbers.has(node.id)) this.#numbers.set(node.id, this.#numbers.size);
      this.#nodes.set(node.id, node);
      for (const body of node.bodies) this.#add(body);
    }
  }
}

/** A graph as data. */
export function explainGraph(graph: Graph, numbers: NodeNumbers, names: GraphNames): ExplainedGraph {
  const named = (nodes: readonly Node[], list: readonly string[]) =>
    nodes.map((node, i) => ({ id: numbers.of(node), name: at(list, i) }));
  return {
    nodes: nodesOf(graph).map((node) => explainNode(node, numbers)),
    inputs: named(graph.inputs, names.inputs),
    outputs: named(graph.outputs, names.outputs),
  };
}

function explainNode(node: Node, numbers: NodeNumbers): ExplainedNode {
  const { primitive, shape, dtype, scope, attrs, bodies, inputs } = node;
  return {
    id: numbers.of(node),
    primitive: primitive.name,
    inputs: inputs.map((input) => numbers.of(input)),
    shape,
    dtype,
    scope,
    attrs,
    bodies: bodies.map((body) => explainGraph(body, numbers, bodyNames(body))),
  };
}

function bodyNames({ inputs, outputs }: Graph): GraphNames {
  return {
    inputs: inputs.map((_, i) => `argument ${i}`),
    outputs: outputs.map((_, i) => `result ${i}`),
  };
}

/** The inputs in their order, those nobody uses included, then the rest. */
function nodesOf({ inputs, outputs }: Graph): Node[] {
  const given = new Set(inputs);
  const order = topologicalOrder(outputs, (node) => given.has(node));
  return [...given, ...order.filter((node) => !given.has(node))];
}
