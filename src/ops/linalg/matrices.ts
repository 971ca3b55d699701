import type { Node } from '../../graph/node.ts';
import { broadcastTo } from '../../primitives/structure/views.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape, type Shape } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode } from '../convert.ts';

/** Floating-point matrices [..., rows, columns]; integers become float32. @throws AntlerShapeError for a lower rank */
export function matricesOf(x: TensorLike, where: string): Node {
  const node = toFloatNode(x, where);
  if (node.shape.length >= 2) return node;
  throw new AntlerShapeError({ where, expected: '[..., rows, columns]', got: formatShape(node.shape) });
}

/** Floating-point matrices [..., n, n]. @throws AntlerShapeError for others */
export function squareMatricesOf(x: TensorLike, where: string): Node {
  const node = matricesOf(x, where);
  if (at(node.shape, -1) === at(node.shape, -2)) return node;
  throw new AntlerShapeError({
    where,
    expected: 'square matrices [..., n, n]',
    got: formatShape(node.shape),
  });
}

/** Matrices repeated for a batch. */
export function repeatFor(x: Node, batch: Shape): Node {
  return broadcastTo(x, [...batch, ...x.shape.slice(-2)]);
}
