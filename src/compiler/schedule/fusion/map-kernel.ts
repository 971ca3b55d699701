import { type Expr, k, registerOf, type Variable } from '../../../graph/kernel/expr.ts';
import { accumulator, assign, loop, loops, type Statement, store } from '../../../graph/kernel/loops.ts';
import { contiguousView, isContiguous, type StridedView } from '../../../graph/kernel/view.ts';
import type { Node } from '../../../graph/node.ts';
import { at, invariant } from '../../../util/errors.ts';
import { type Shape, sizeOf } from '../../../util/shapes.ts';
import type { Buffer, Kernel } from '../kernel.ts';
import { type Axis, domainPosition, innerAxes, isFlat, loadIndex } from './domain.ts';
import { Expressions, type Load } from './expressions.ts';
import { OperandList } from './operands.ts';

/** Where buffers of stored nodes are found. */
export type BufferOf = (node: Node) => Buffer;

/** One loop nest that computes several stored nodes of equal shape element by element. */
export function mapKernel(group: readonly Node[], stored: ReadonlySet<Node>, bufferOf: BufferOf): Kernel {
  const domain = at(group, 0).shape;
  const loads = loadsOf(group, stored);
  const dense = contiguousView(domain);
  const views = [...loads.map(({ view }) => view), dense];
  const operands = new OperandList(bufferOf);
  for (const load of loads) operands.read(load);
  const outputs = group.map((node) => operands.write(bufferOf(node), domain.length > 0 ? 'rows' : 'whole'));
  const element = (loops: Loops) => elementStatements(group, stored, operands, outputs, loops);
  return {
    kind: 'kernel',
    name: group.map(({ primitive }) => primitive.name).join('+'),
    results: group,
    extent: domain[0] ?? 1,
    operands: operands.list,
    costPerRow: (group.length * 4 * sizeOf(domain)) / Math.max(1, domain[0] ?? 1),
    elementwise: elementwiseBuffers(loads, bufferOf),
    body: { kind: 'loops', statements: (first, rows) => mapLoops(domain, views, first, rows, element) },
  };
}

function loadsOf(group: readonly Node[], stored: ReadonlySet<Node>): Load[] {
  const scout = new Expressions(stored, new Set(group));
  const loads = new Map<string, Load>();
  for (const node of group) scout.loads(node, new Set(), [], loads);
  return [...loads.values()];
}

/** Buffers of which the kernel reads, for each element it writes, the one at its place and no other. */
function elementwiseBuffers(loads: readonly Load[], bufferOf: BufferOf): Buffer[] {
  const elsewhere = new Set(
    loads.filter(({ view }) => !isContiguous(view)).map(({ source }) => bufferOf(source)),
  );
  return loads.map(({ source }) => bufferOf(source)).filter((buffer) => !elsewhere.has(buffer));
}

/** Where an element is: the loops around it and their counters. */
interface Loops {
  readonly first: Expr;
  readonly row: Variable | undefined;
  readonly axes: readonly Axis[];
  readonly variables: readonly Variable[];
}

/** Stores one element of every node of the group. */
function elementStatements(
  group: readonly Node[],
  stored: ReadonlySet<Node>,
  operands: OperandList,
  outputs: readonly number[],
  { first, row, axes, variables }: Loops,
): Statement[] {
  const domain = at(group, 0).shape;
  const expressions = new Expressions(stored, new Set(group));
  const position = domainPosition(domain, first, row, axes, variables);
  const loaded: Statement[] = [];
  const values: Expr[] = [];
  const load = (wanted: Load) => {
    const { buffer, access } = operands.find(wanted);
    const { dtype } = wanted.source;
    const value = k.load(buffer, dtype, loadIndex(wanted.view, access, first, row, axes, variables));
    if (values.length === 0) return value;
    // an earlier result may be stored where this element lies
    const early = accumulator(registerOf(dtype));
    loaded.push(assign(early, value));
    return k.read(early);
  };
  for (const node of group) values.push(expressions.build(node, load, position));
  const target = () => loadIndex(contiguousView(domain), 'rows', first, row, axes, variables);
  const stores = group.map((node, i) => store(at(outputs, i), node.dtype, target(), at(values, i)));
  return [...loaded, ...stores];
}

/** One long loop where rows follow each other evenly in every view, else loops over rows and axes. */
function mapLoops(
  domain: Shape,
  views: readonly StridedView[],
  first: Expr,
  rows: Expr,
  element: (loops: Loops) => Statement[],
): Statement[] {
  if (domain.length === 0) return element({ first, row: undefined, axes: [], variables: [] });
  const axes = innerAxes(domain, views);
  if (!isFlat(domain, views, axes)) {
    return [loop(rows, (row) => overAxes(axes, (variables) => element({ first, row, axes, variables })))];
  }
  const run: Axis = axes[0] ?? { extent: 1, last: 0, reduced: false };
  const count = k.mul(rows, k.int(run.extent));
  return [loop(count, (i) => element({ first, row: undefined, axes: [run], variables: [i] }), true)];
}

/** Loops over axes, the innermost in vectors. */
function overAxes(axes: readonly Axis[], body: (variables: Variable[]) => Statement[]): Statement[] {
  const last = axes.at(-1);
  invariant(last, 'axes inside a row');
  return loops(
    axes.slice(0, -1).map(({ extent }) => extent),
    (outer) => [loop(last.extent, (inner) => body([...outer, inner]), true)],
  );
}
