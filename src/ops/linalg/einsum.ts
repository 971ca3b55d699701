import type { Node } from '../../graph/node.ts';
import { matmul } from '../../primitives/contraction/matmul.ts';
import { cast, mul } from '../../primitives/elementwise/arithmetic.ts';
import { sum } from '../../primitives/reduction/reduce.ts';
import { broadcastTo, reshape, transpose } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, sizeOf } from '../../util/shapes.ts';
import { commonDType, type TensorLike, toNode } from '../convert.ts';
import { diagonalOf } from './diagonal.ts';

/** A value whose axes have one-letter names. */
interface Labelled {
  readonly node: Node;
  readonly labels: readonly string[];
}

/**
 * Einstein's summation: `einsum('bij,bjk->bik', a, b)`. Letters name axes; those missing behind the arrow are summed.
 * Without an arrow the result has the letters that occur once, in alphabetical order. '...' stands for leading axes
 * that broadcast. Pairs are contracted from left to right, each as a matrix product.
 * @throws AntlerValueError for a malformed equation; AntlerShapeError for operands that do not fit it
 */
export function einsum(equation: string, ...operands: readonly TensorLike[]): Tensor {
  const { inputs, output } = parse(equation, operands.length);
  const common = commonDType(operands, 'einsum');
  const nodes = operands.map((operand) =>
    cast(toNode(operand, 'einsum'), common === 'bool' ? 'int32' : common),
  );
  const dots = Math.max(0, ...nodes.map((node, i) => dotsOf(node, at(inputs, i), equation)));
  const named = nodes.map((node, i) =>
    simplify({ node, labels: expand(at(inputs, i), node.shape.length, dots) }, equation),
  );
  const wanted = output === undefined ? implicitOutput(named, inputs, dots) : expand(output, undefined, dots);
  requireKnown(wanted, named, equation);
  const [first, ...rest] = named;
  const result = rest.reduce(
    (left, right, i) => {
      const needed = new Set([...wanted, ...rest.slice(i + 1).flatMap(({ labels }) => labels)]);
      return contract(left, right, needed, equation);
    },
    at([first], 0) as Labelled,
  );
  return new Tensor(arrange(sumOut(result, new Set(wanted)), wanted));
}

function parse(equation: string, count: number): { inputs: string[]; output: string | undefined } {
  const text = equation.replaceAll(' ', '');
  const [left = '', output, ...more] = text.split('->');
  const inputs = left.split(',');
  const isTerm = (term: string) => /^[A-Za-z]*(\.\.\.)?[A-Za-z]*$/.test(term);
  const repeats =
    output !== undefined && new Set(output.replace('...', '')).size !== output.replace('...', '').length;
  if (more.length > 0 || ![...inputs, output ?? ''].every(isTerm) || repeats) {
    throw new AntlerValueError({
      where: 'einsum',
      expected: "an equation such as 'ij,jk->ik'",
      got: `'${equation}'`,
    });
  }
  if (inputs.length === count) return { inputs, output };
  throw new AntlerValueError({
    where: 'einsum',
    expected: `${inputs.length} operands for '${equation}'`,
    got: `${count}`,
  });
}

function letters(term: string): string[] {
  return [...term.replace('...', '')];
}

/** How many axes the dots of a term stand for. */
function dotsOf({ shape }: Node, term: string, equation: string): number {
  const extra = shape.length - letters(term).length;
  if (term.includes('...') ? extra >= 0 : extra === 0) return extra;
  throw new AntlerShapeError({
    where: `einsum '${equation}'`,
    expected: `an operand with axes '${term}'`,
    got: formatShape(shape),
  });
}

/** Axis names of a term; the axes behind the dots are named by numbers, the last being 0. */
function expand(term: string, rank: number | undefined, dots: number): string[] {
  if (!term.includes('...')) return [...term];
  const count = rank === undefined ? dots : rank - letters(term).length;
  const [before = '', after = ''] = term.split('...');
  return [...before, ...Array.from({ length: count }, (_, i) => `${count - 1 - i}`), ...after];
}

function implicitOutput(named: readonly Labelled[], inputs: readonly string[], dots: number): string[] {
  const all = inputs.flatMap(letters);
  const single = all.filter((label) => all.indexOf(label) === all.lastIndexOf(label)).sort();
  const broadcast = Array.from({ length: named.length === 0 ? 0 : dots }, (_, i) => `${dots - 1 - i}`);
  return [...broadcast, ...single];
}

function requireKnown(wanted: readonly string[], named: readonly Labelled[], equation: string): void {
  const unknown = wanted.find((label) => !named.some(({ labels }) => labels.includes(label)));
  if (unknown === undefined) return;
  throw new AntlerValueError({
    where: `einsum '${equation}'`,
    expected: 'output letters that an input has',
    got: `'${unknown}'`,
  });
}

/** A label that occurs twice in a term means the diagonal. */
function simplify(value: Labelled, equation: string): Labelled {
  const repeated = value.labels.findIndex((label, i) => value.labels.indexOf(label) < i);
  if (repeated < 0) return value;
  const first = value.labels.indexOf(at(value.labels, repeated));
  const { shape } = value.node;
  if (shape[first] !== shape[repeated]) {
    const expected = `equal extents for both axes '${at(value.labels, repeated)}'`;
    throw new AntlerShapeError({ where: `einsum '${equation}'`, expected, got: formatShape(shape) });
  }
  const node = diagonalOf(value.node, first, repeated);
  return simplify({ node, labels: value.labels.toSpliced(repeated, 1) }, equation);
}

/** Sums over the axes that nobody needs. */
function sumOut({ node, labels }: Labelled, needed: ReadonlySet<string>): Labelled {
  const axes = labels.flatMap((label, axis) => (needed.has(label) ? [] : [axis]));
  return { node: sum(node, axes), labels: labels.filter((label) => needed.has(label)) };
}

/** The axes in the given order, new ones with extent 1. */
function arrange({ node, labels }: Labelled, order: readonly string[]): Node {
  const present = order.filter((label) => labels.includes(label));
  const moved = transpose(
    node,
    present.map((label) => labels.indexOf(label)),
  );
  let axis = 0;
  return reshape(
    moved,
    order.map((label) => (labels.includes(label) ? at(moved.shape, axis++) : 1)),
  );
}

function extentOf(label: string, a: Labelled, b: Labelled, equation: string): number {
  const extents = [a, b].map(({ node, labels }) => node.shape[labels.indexOf(label)] ?? 1);
  const [left, right] = [at(extents, 0), at(extents, 1)];
  if (left === right || left === 1 || right === 1) return left === 1 ? right : left;
  throw new AntlerShapeError({
    where: `einsum '${equation}'`,
    expected: `one extent for '${label}'`,
    got: `${left} and ${right}`,
  });
}

/** The product of two values, summed over the labels that only they have and nobody needs. */
function contract(left: Labelled, right: Labelled, needed: ReadonlySet<string>, equation: string): Labelled {
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const summed = shared.filter((label) => !needed.has(label));
  const batch = shared.filter((label) => needed.has(label));
  const a = sumOut(left, new Set([...needed, ...shared]));
  const b = sumOut(right, new Set([...needed, ...shared]));
  const rows = a.labels.filter((label) => !shared.includes(label));
  const columns = b.labels.filter((label) => !shared.includes(label));
  const extents = (labels: readonly string[]) => labels.map((label) => extentOf(label, a, b, equation));
  const [batchShape, rowShape, columnShape, depth] = [batch, rows, columns, summed].map(extents) as [
    number[],
    number[],
    number[],
    number[],
  ];
  const x = broadcastTo(arrange(a, [...batch, ...rows, ...summed]), [...batchShape, ...rowShape, ...depth]);
  const y = broadcastTo(arrange(b, [...batch, ...summed, ...columns]), [
    ...batchShape,
    ...depth,
    ...columnShape,
  ]);
  const labels = [...batch, ...rows, ...columns];
  if (labels.length === batch.length && summed.length === 0) return { node: mul(x, y), labels };
  const m = reshape(x, [sizeOf(batchShape), sizeOf(rowShape), sizeOf(depth)]);
  const n = reshape(y, [sizeOf(batchShape), sizeOf(depth), sizeOf(columnShape)]);
  return { node: reshape(matmul(m, n, false, false), [...batchShape, ...rowShape, ...columnShape]), labels };
}
