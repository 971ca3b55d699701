import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { matmul } from '../../primitives/contraction/matmul.ts';
import { div, full, mul } from '../../primitives/elementwise/arithmetic.ts';
import { alias, constant, constantValue, stopGradient } from '../../primitives/leaf.ts';
import { broadcastTo, reshape, transpose } from '../../primitives/structure/views.ts';
import { roundTo } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { commutePooling } from './pool-first.ts';
import { rewrite } from './rewrite.ts';
import { commuteTaking } from './take-last.ts';

/**
 * An equal graph with less to do: identities gone, constants folded, views merged, equal nodes shared.
 * The second round finds what the first has made equal.
 */
export function simplify(graph: Graph): Graph {
  return rewrite(rewrite(graph, applyRules), applyRules);
}

function applyRules(node: Node): Node | undefined {
  for (const rule of RULES) {
    const simpler = rule(node);
    if (simpler) return simpler;
  }
  return undefined;
}

/** The number every element of the node equals, if it is known. */
function splatValue(node: Node): number | undefined {
  if (node.primitive.kind === 'view') return splatValue(at(node.inputs, 0));
  return constantValue(node);
}

const RULES: readonly ((node: Node) => Node | undefined)[] = [
  dropIdentity,
  mergeViews,
  foldConstants,
  foldNothing,
  multiplyByOne,
  divideByPowerOf2,
  transposeIntoMatmul,
  commutePooling,
  commuteTaking,
];

function dropIdentity(node: Node): Node | undefined {
  const { primitive } = node;
  return primitive === alias.primitive || primitive === stopGradient.primitive
    ? at(node.inputs, 0)
    : undefined;
}

/** reshape of reshape, broadcast of broadcast. */
function mergeViews(node: Node): Node | undefined {
  const [input] = node.inputs;
  if (!input || input.primitive !== node.primitive) return undefined;
  const source = at(input.inputs, 0);
  if (node.primitive === reshape.primitive) return reshape(source, node.shape);
  if (node.primitive === broadcastTo.primitive) return broadcastTo(source, node.shape);
  return undefined;
}

function foldConstants(node: Node): Node | undefined {
  const { primitive } = node;
  if (primitive.kind !== 'map' || primitive.positional || node.inputs.length === 0) return undefined;
  const values = node.inputs.map(splatValue);
  if (!values.every((value) => value !== undefined)) return undefined;
  const value = primitive.reference(values, node.attrs, { output: node, position: 0 });
  const scalar = constant(roundTo(node.dtype, value), node.dtype);
  return broadcastTo(scalar, node.shape);
}

/** A reduction of nothing is its identity. */
function foldNothing(node: Node): Node | undefined {
  const { primitive } = node;
  if (primitive.kind !== 'reduce' || sizeOf(at(node.inputs, 0).shape) > 0) return undefined;
  return broadcastTo(constant(primitive.identity(node.dtype), node.dtype), node.shape);
}

function multiplyByOne(node: Node): Node | undefined {
  if (node.primitive !== mul.primitive) return undefined;
  const [a, b] = [at(node.inputs, 0), at(node.inputs, 1)];
  if (splatValue(b) === 1) return a;
  return splatValue(a) === 1 ? b : undefined;
}

/** Exact, and a multiplication is several times as fast. */
function divideByPowerOf2(node: Node): Node | undefined {
  if (node.primitive !== div.primitive) return undefined;
  const divisor = splatValue(at(node.inputs, 1));
  if (divisor === undefined || divisor === 0 || !Number.isInteger(Math.log2(Math.abs(divisor))))
    return undefined;
  if (Math.abs(Math.log2(Math.abs(divisor))) > 100) return undefined;
  return mul(at(node.inputs, 0), full(node, 1 / divisor));
}

/** A matrix product reads a transposed operand where it lies. */
function transposeIntoMatmul(node: Node): Node | undefined {
  if (node.primitive !== matmul.primitive) return undefined;
  const [a, b] = node.inputs.map(untransposed);
  if (!a || !b || !(a.swapped || b.swapped)) return undefined;
  const { transposeA, transposeB } = node.attrs;
  return matmul(a.node, b.node, (transposeA === true) !== a.swapped, (transposeB === true) !== b.swapped);
}

function untransposed(node: Node): { node: Node; swapped: boolean } {
  const rank = node.shape.length;
  const { permutation } = node.attrs;
  const swapsLast =
    node.primitive === transpose.primitive &&
    Array.isArray(permutation) &&
    permutation.every((axis, i) => axis === (i < rank - 2 ? i : i === rank - 2 ? rank - 1 : rank - 2));
  return swapsLast ? { node: at(node.inputs, 0), swapped: true } : { node, swapped: false };
}
