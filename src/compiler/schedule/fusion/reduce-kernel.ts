import { type Expr, k, registerOf, type Variable } from '../../../graph/kernel/expr.ts';
import {
  accumulator,
  counterVariable,
  type Fold,
  loop,
  loops,
  type Statement,
  store,
} from '../../../graph/kernel/loops.ts';
import type { StridedView } from '../../../graph/kernel/view.ts';
import type { Node } from '../../../graph/node.ts';
import type { ReducePrimitive } from '../../../graph/primitive.ts';
import { at, invariant } from '../../../util/errors.ts';
import { type Shape, sizeOf } from '../../../util/shapes.ts';
import type { Kernel } from '../kernel.ts';
import { type Axis, domainPosition, innerAxes, loadIndex } from './domain.ts';
import { Expressions, type Load } from './expressions.ts';
import type { BufferOf } from './map-kernel.ts';
import { OperandList } from './operands.ts';

/** A stored reduction together with the elementwise work on what it folds. */
export function reduceKernel(node: Node, stored: ReadonlySet<Node>, bufferOf: BufferOf): Kernel {
  const { primitive } = node;
  invariant(primitive.kind === 'reduce', 'a reduction');
  const source = at(node.inputs, 0);
  const domain = source.shape;
  const { axes: reduced } = node.attrs as { axes: readonly number[] };
  const overRows = reduced.includes(0);
  const loads = new Expressions(stored, new Set()).loads(source, new Set());
  const output = outputView(domain, reduced);
  const axes = innerAxes(domain, [...[...loads.values()].map(({ view }) => view), output], reduced);
  const operands = new OperandList(bufferOf);
  for (const load of loads.values()) operands.read(load);
  const target = overRows
    ? operands.write(bufferOf(node), 'partial', primitive)
    : operands.write(bufferOf(node), 'rows');
  const value = (first: Expr, row: Variable, variables: readonly Variable[]) => {
    const load = (wanted: Load) => {
      const { buffer, access } = operands.find(wanted);
      return k.load(buffer, wanted.source.dtype, loadIndex(wanted.view, access, first, row, axes, variables));
    };
    return new Expressions(stored, new Set()).build(
      source,
      load,
      domainPosition(domain, first, row, axes, variables),
    );
  };
  return {
    kind: 'kernel',
    name: `${primitive.name}`,
    results: [node],
    extent: at(domain, 0),
    operands: operands.list,
    costPerRow: (2 * sizeOf(domain)) / Math.max(1, at(domain, 0)),
    body: {
      kind: 'loops',
      statements: (first, rows) =>
        reduceLoops({ primitive, node, axes, output, target, overRows, first, rows, value }),
    },
  };
}

/** Strides of the result over the domain: zero along reduced axes. */
function outputView(domain: Shape, reduced: readonly number[]): StridedView {
  const strides = new Array<number>(domain.length).fill(0);
  let stride = 1;
  for (let axis = domain.length - 1; axis >= 0; axis--) {
    if (reduced.includes(axis)) continue;
    strides[axis] = stride;
    stride *= at(domain, axis);
  }
  return { offset: 0, shape: domain, strides };
}

interface Plan {
  readonly primitive: ReducePrimitive;
  readonly node: Node;
  readonly axes: readonly Axis[];
  readonly output: StridedView;
  readonly target: number;
  readonly overRows: boolean;
  readonly first: Expr;
  readonly rows: Expr;
  value(first: Expr, row: Variable, variables: readonly Variable[]): Expr;
}

/** Loops over what is kept, in vectors if it lies innermost, and a fold over the rest. */
function reduceLoops(plan: Plan): Statement[] {
  const { axes, output, node, overRows, rows } = plan;
  const kept = axes.filter((axis) => !axis.reduced);
  const innermostKept = axes.length > 0 && !at(axes, -1).reduced;
  const body = (row: Variable, keptVariables: readonly Variable[]): Statement[] => {
    const fold = makeFold(plan, row, keptVariables);
    const index = loadIndex(output, 'rows', plan.first, overRows ? undefined : row, kept, keptVariables);
    return [fold, store(plan.target, node.dtype, index, k.read(fold.target))];
  };
  const outer = innermostKept ? kept.slice(0, -1) : kept;
  const nest = (row: Variable) =>
    loops(
      outer.map(({ extent }) => extent),
      (variables) =>
        innermostKept
          ? [loop(at(kept, -1).extent, (last) => body(row, [...variables, last]), true)]
          : body(row, variables),
    );
  return overRows ? nest(counterVariable()) : [loop(rows, nest)];
}

/** The fold over the reduced axes, and over the rows if these are folded. */
function makeFold(
  { primitive, node, axes, overRows, rows, first, value }: Plan,
  row: Variable,
  kept: readonly Variable[],
): Fold {
  let next = 0;
  const variables = axes.map((axis) => (axis.reduced ? counterVariable() : at(kept, next++)));
  const inner = axes.flatMap((axis, i) =>
    axis.reduced ? [{ variable: at(variables, i), extent: k.int(axis.extent) }] : [],
  );
  return {
    kind: 'fold',
    target: accumulator(registerOf(node.dtype)),
    identity: primitive.identity(node.dtype),
    loops: overRows ? [{ variable: row, extent: rows }, ...inner] : inner,
    value: value(first, row, variables),
    combine: primitive.lowerCombine,
  };
}
