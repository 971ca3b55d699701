import { type Graph, topologicalOrder } from '../../graph/graph.ts';
import { contiguousView, isContiguous, type StridedView } from '../../graph/kernel/view.ts';
import type { Node } from '../../graph/node.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';

/** A node read through a chain of views. */
export interface Route {
  readonly source: Node;
  /** View nodes from the reader down to the source. */
  readonly path: readonly Node[];
}

/** Follows views down to the node they rearrange, or to the first stored one. */
export function throughViews(node: Node, stored: Pick<ReadonlySet<Node>, 'has'>): Route {
  const path: Node[] = [];
  let source = node;
  while (source.primitive.kind === 'view' && !stored.has(source)) {
    path.push(source);
    source = at(source.inputs, 0);
  }
  return { source, path };
}

/** The strided view that a chain of views makes of a dense buffer, or the view node at which strides fail. */
export function composeViews(source: Node, path: readonly Node[]): StridedView | { readonly failed: Node } {
  let view = contiguousView(source.shape);
  for (const node of path.toReversed()) {
    invariant(node.primitive.kind === 'view', 'a path of views');
    const next = node.primitive.view(view, node.attrs, node.shape);
    if (!next) return { failed: node };
    view = next;
  }
  return view;
}

/** The stored node whose buffer holds the elements of `node` in order, if there is one. */
export function denseSource(node: Node, stored: ReadonlySet<Node>): Node | undefined {
  const { source, path } = throughViews(node, stored);
  if (!stored.has(source)) return undefined;
  const view = composeViews(source, path);
  return !('failed' in view) && isContiguous(view) ? source : undefined;
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
export function chooseStored(graph: Graph): Set<Node> {
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
export function storeOperands(graph: Graph, stored: Set<Node>): void {
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
