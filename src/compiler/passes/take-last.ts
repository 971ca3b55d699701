import type { Node } from '../../graph/node.ts';
import { matmul } from '../../primitives/contraction/matmul.ts';
import { add } from '../../primitives/elementwise/arithmetic.ts';
import { take } from '../../primitives/structure/take.ts';
import { broadcastTo, reshape, transpose } from '../../primitives/structure/views.ts';
import { at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';

/**
 * Taking rows of a table later: rearranged rows are taken by rearranged indices, and where a table has fewer rows than
 * are taken, a product with all its rows is smaller than one with those taken. An embedding of characters before a
 * dense or recurrent layer is so multiplied once per character of the alphabet, and the bias added. One rule;
 * undefined if none applies.
 */
export function commuteTaking(node: Node): Node | undefined {
  const [rows, other] = node.inputs;
  if (rows?.primitive !== take.primitive) return undefined;
  const [table, indices] = [at(rows.inputs, 0), at(rows.inputs, 1)];
  if (table.shape.length !== 2) return undefined;
  switch (node.primitive) {
    case reshape.primitive:
      return node.shape.at(-1) === rows.shape.at(-1)
        ? take(table, reshape(indices, node.shape.slice(0, -1)))
        : undefined;
    case transpose.primitive:
      return takeTransposed(table, indices, node.attrs.permutation as readonly number[]);
    case matmul.primitive:
      return takeProducts(node, table, indices);
    case add.primitive:
      return other && takeSums(rows, other);
    default:
      return undefined;
  }
}

function takeTransposed(table: Node, indices: Node, permutation: readonly number[]): Node | undefined {
  const axes = permutation.slice(0, -1);
  return permutation.at(-1) === axes.length ? take(table, transpose(indices, axes)) : undefined;
}

function takeProducts({ inputs, attrs }: Node, table: Node, indices: Node): Node | undefined {
  const fits = indices.shape.length === 1 && attrs.transposeA === false;
  if (!fits || !hasFewerRows(table, indices)) return undefined;
  return take(matmul(table, at(inputs, 1), false, attrs.transposeB === true), indices);
}

/** A bias is added to the rows of the table. */
function takeSums({ inputs }: Node, other: Node): Node | undefined {
  const [table, indices] = [at(inputs, 0), at(inputs, 1)];
  const bias = other.primitive === broadcastTo.primitive ? at(other.inputs, 0) : undefined;
  const isOfRows = bias?.shape.length === 1 && bias.shape[0] === table.shape[1];
  if (!bias || !isOfRows || !hasFewerRows(table, indices)) return undefined;
  return take(add(table, broadcastTo(bias, table.shape)), indices);
}

function hasFewerRows(table: Node, indices: Node): boolean {
  return at(table.shape, 0) < sizeOf(indices.shape);
}
