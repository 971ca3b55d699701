import { type Graph, topologicalOrder } from '../../graph/graph.ts';
import { isContiguous } from '../../graph/kernel/view.ts';
import type { Node } from '../../graph/node.ts';
import { at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { Expressions } from './fusion/expressions.ts';
import { composeViews, denseSource, throughViews } from './routes.ts';

/** The nodes whose values are kept in memory: as few as let every expression reach what it reads. */
export function settleStored(graph: Graph): Set<Node> {
  const stored = chooseStored(graph);
  const inputs = new Set(graph.inputs);
  for (;;) {
    storeOperands(graph, stored);
    const { size } = stored;
    const unstored = new Set<Node>();
    const none = new Set<Node>();
    for (const node of stored) {
      if (inputs.has(node)) continue;
      const { kind } = node.primitive;
      if (kind === 'map' || kind === 'view') new Expressions(stored, new Set([node])).loads(node, unstored);
      if (kind === 'reduce') new Expressions(stored, none).loads(at(node.inputs, 0), unstored);
    }
    for (const node of unstored) stored.add(node);
    if (stored.size === size) return stored;
  }
}

/** Elementwise work so small that doing it again beats a trip through memory. */
const CHEAP = new Set(['cast', 'neg', 'not', 'eq', 'lt', 'le', 'iota', 'restart']);

/** Elementwise work of tens of instructions. */
const COSTLY = new Set([
  ...['exp', 'expm1', 'log', 'log1p', 'pow', 'sqrt', 'tanh', 'sigmoid', 'erf', 'sin', 'cos'],
  ...['sinh', 'cosh', 'asinh', 'acosh', 'atanh', 'atan2', 'div'],
]);

/** A kernel that reads each value so many times would compute it as often. */
const MANY_READS = 8;

/**
 * Chooses the nodes whose values are kept in memory: graph outputs, reductions, results of kernels over whole buffers, and
 * what several kernels, or one that repeats it, would otherwise compute again. `storeOperands` adds the rest.
 */
function chooseStored(graph: Graph): Set<Node> {
  const inputs = new Set(graph.inputs);
  const order = topologicalOrder(graph.outputs, (node) => inputs.has(node)).filter(
    (node) => !inputs.has(node),
  );
  const users = countUsers(order, graph);
  const stored = new Set<Node>([...inputs, ...graph.outputs]);
  for (const node of order) {
    const { kind, name } = node.primitive;
    const isShared = kind === 'map' && (users.get(node) ?? 0) > 1 && !CHEAP.has(name);
    if (kind === 'reduce' || kind === 'loops' || kind === 'part' || isShared) stored.add(node);
  }
  storeRepeated(order, stored);
  return stored;
}

/** Adds what is costly and read by a view that repeats it. */
function storeRepeated(order: readonly Node[], stored: Set<Node>): void {
  const costly = new Set<Node>();
  for (const node of order) {
    const { kind, name } = node.primitive;
    if (kind === 'map') {
      const sources = node.inputs.map((input) => throughViews(input, stored).source);
      if (COSTLY.has(name) || sources.some((source) => costly.has(source) && !stored.has(source)))
        costly.add(node);
    } else if (kind === 'view') {
      const { source } = throughViews(node, stored);
      if (costly.has(source) && sizeOf(node.shape) >= MANY_READS * sizeOf(source.shape)) stored.add(source);
    }
  }
}

/**
 * Adds the operands of kernels over whole buffers. A view that is stored may stand in the way of one that was read through
 * it, so this is repeated until nothing more is added.
 */
function storeOperands(graph: Graph, stored: Set<Node>): void {
  const inputs = new Set(graph.inputs);
  const operands = topologicalOrder(graph.outputs, (n) => inputs.has(n))
    .filter(({ primitive }) => primitive.kind === 'loops' || primitive.kind === 'control')
    .flatMap((node) => node.inputs);
  for (let before = -1; before < stored.size; ) {
    before = stored.size;
    for (const operand of operands) storeOperand(operand, stored);
  }
}

/** How many kernels want each node's value; a view hands its users on to what it shows. */
function countUsers(order: readonly Node[], graph: Graph): Map<Node, number> {
  const users = new Map<Node, number>();
  const use = (node: Node, times: number) => users.set(node, (users.get(node) ?? 0) + times);
  for (const node of graph.outputs) use(node, 1);
  for (const node of order.toReversed()) {
    const times = node.primitive.kind === 'view' ? (users.get(node) ?? 0) : 1;
    for (const input of new Set(node.inputs)) use(input, times);
  }
  return users;
}

/** A kernel over whole buffers reads a dense one: the operand, or what it is a mere reshape of. */
function storeOperand(operand: Node, stored: Set<Node>): void {
  if (denseSource(operand, stored)) return;
  const { source, path } = throughViews(operand, stored);
  const view = composeViews(source, path);
  const isReshape = !('failed' in view) && isContiguous(view) && source.primitive.kind === 'map';
  stored.add(isReshape ? source : operand);
}
