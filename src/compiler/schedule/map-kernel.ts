import { type Expr, k, type Variable } from '../../graph/kernel/expr.ts';
import { loop, loops, type Statement, store } from '../../graph/kernel/loops.ts';
import { contiguousView, isContiguous } from '../../graph/kernel/view.ts';
import type { Node } from '../../graph/node.ts';
import { at, invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { type Axis, domainPosition, innerAxes, isFlat, loadIndex } from './domain.ts';
import { Expressions, type Load } from './expressions.ts';
import type { Buffer, Kernel } from './kernel.ts';
import { OperandList } from './operands.ts';

/** Where buffers of stored nodes are found. */
export type BufferOf = (node: Node) => Buffer;

/** One loop nest that computes several stored nodes of equal shape element by element. */
export function mapKernel(group: readonly Node[], stored: ReadonlySet<Node>, bufferOf: BufferOf): Kernel {
  const domain = at(group, 0).shape;
  const inside = new Set(group);
  const scout = new Expressions(stored, inside);
  const loads = new Map<string, Load>();
  for (const node of group) scout.loads(node, new Set(), [], loads);
  const dense = contiguousView(domain);
  const views = [...[...loads.values()].map(({ view }) => view), dense];
  const axes = innerAxes(domain, views);
  const flat = domain.length > 0 && isFlat(domain, views, axes);
  const operands = new OperandList(bufferOf);
  for (const load of loads.values()) operands.read(load);
  const outputs = group.map((node) => operands.write(bufferOf(node), domain.length > 0 ? 'rows' : 'whole'));

  const element = (first: Expr, row: Variable | undefined, over: readonly Axis[], variables: readonly Variable[]): Statement[] => {
    const expressions = new Expressions(stored, inside);
    const position = domainPosition(domain, first, row, over, variables);
    const load = (wanted: Load) => {
      const { buffer, access } = operands.find(wanted);
      return k.load(buffer, wanted.source.dtype, loadIndex(wanted.view, access, first, row, over, variables));
    };
    return group.map((node, i) => {
      const target = loadIndex(dense, 'rows', first, row, over, variables);
      return store(at(outputs, i), node.dtype, target, expressions.build(node, load, position));
    });
  };
  const flatAxis: Axis = axes[0] ?? { extent: 1, last: 0, reduced: false };
  return {
    kind: 'kernel',
    name: group.map(({ primitive }) => primitive.name).join('+'),
    extent: domain[0] ?? 1,
    operands: operands.list,
    costPerRow: (group.length * 4 * sizeOf(domain)) / Math.max(1, domain[0] ?? 1),
    elementwise: [...loads.values()].filter(({ view }) => isContiguous(view)).map(({ source }) => bufferOf(source)),
    body: {
      kind: 'loops',
      statements: (first, rows) => {
        if (flat) return [loop(k.mul(rows, k.int(flatAxis.extent)), (i) => element(first, undefined, [flatAxis], [i]), true)];
        if (domain.length === 0) return element(first, undefined, [], []);
        return [loop(rows, (row) => overAxes(axes, (variables) => element(first, row, axes, variables)))];
      },
    },
  };
}

/** Loops over axes, the innermost in vectors. */
function overAxes(axes: readonly Axis[], body: (variables: Variable[]) => Statement[]): Statement[] {
  const last = axes.at(-1);
  invariant(last, 'axes inside a row');
  return loops(axes.slice(0, -1).map(({ extent }) => extent), (outer) => [
    loop(last.extent, (inner) => body([...outer, inner]), true),
  ]);
}
