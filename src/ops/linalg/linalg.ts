import type { Node } from '../../graph/node.ts';
import { matmul as matmulPrimitive } from '../../primitives/contraction/matmul.ts';
import { cast } from '../../primitives/elementwise/arithmetic.ts';
import { broadcastTo, reshape, transpose } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { broadcastShapes, formatShape, normalizeAxis, type Shape, sizeOf } from '../../util/shapes.ts';
import { commonDType, type TensorLike, toNode, toTensor } from '../convert.ts';
import { mul } from '../math/arithmetic.ts';

function operands(a: TensorLike, b: TensorLike, where: string): [Node, Node] {
  const common = commonDType([a, b], where);
  const dtype = common === 'bool' ? 'int32' : common;
  return [cast(toNode(a, where), dtype), cast(toNode(b, where), dtype)];
}

function unfit(where: string, a: Shape, b: Shape): AntlerShapeError {
  return new AntlerShapeError({
    where,
    expected: 'the last axis of a as long as the last but one of b',
    got: `${formatShape(a)} and ${formatShape(b)}`,
    fix: 'swap the axes of one with transpose(), or swap a and b',
  });
}

/**
 * Matrix product as in NumPy: [..., m, k] x [..., k, n] to [..., m, n] with leading axes broadcast.
 * A vector counts as a row on the left and as a column on the right, and its axis leaves the result.
 * @throws AntlerShapeError for a scalar, for inner extents that differ, and for leading axes that do not broadcast
 */
export function matmul(a: TensorLike, b: TensorLike): Tensor {
  const [left, right] = operands(a, b, 'matmul');
  if (left.shape.length === 0 || right.shape.length === 0) {
    throw new AntlerShapeError({
      where: 'matmul',
      expected: 'at least one axis on both sides',
      got: `${formatShape(left.shape)} and ${formatShape(right.shape)}`,
      fix: 'multiply by a scalar with mul',
    });
  }
  const row = left.shape.length === 1 ? reshape(left, [1, ...left.shape]) : left;
  const column = right.shape.length === 1 ? reshape(right, [...right.shape, 1]) : right;
  if (at(row.shape, -1) !== at(column.shape, -2)) throw unfit('matmul', left.shape, right.shape);
  const product = matrixProduct(row, column);
  const shape = product.shape.slice(0, -2);
  if (left.shape.length > 1) shape.push(at(product.shape, -2));
  if (right.shape.length > 1) shape.push(at(product.shape, -1));
  return new Tensor(reshape(product, shape));
}

function matrixProduct(a: Node, b: Node): Node {
  const [k, n] = [at(b.shape, -2), at(b.shape, -1)];
  if (b.shape.length === 2) {
    // one tall product instead of a batch of small ones
    const rows = a.shape.slice(0, -1);
    return reshape(matmulPrimitive(reshape(a, [sizeOf(rows), k]), b, false, false), [...rows, n]);
  }
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), 'matmul');
  const [left, right] = [a, b].map((x) => broadcastTo(x, [...batch, ...x.shape.slice(-2)])) as [Node, Node];
  return matmulPrimitive(left, right, false, false);
}

/**
 * Dot product as in NumPy: of vectors their inner product, with a scalar the product, else the sum over the last axis of a
 * and the last but one of b: [...a, k] and [...b, k, n] to [...a, ...b, n].
 */
export function dot(a: TensorLike, b: TensorLike): Tensor {
  const [x, y] = [toTensor(a, 'dot'), toTensor(b, 'dot')];
  if (x.rank === 0 || y.rank === 0) return mul(a, b);
  return tensordot(a, b, [[-1], [y.rank === 1 ? 0 : -2]]);
}

/** Every element of a times every element of b, both flattened: [size of a, size of b]. */
export function outer(a: TensorLike, b: TensorLike): Tensor {
  const [x, y] = operands(a, b, 'outer');
  return new Tensor(
    matmulPrimitive(reshape(x, [sizeOf(x.shape), 1]), reshape(y, [1, sizeOf(y.shape)]), false, false),
  );
}

/**
 * Sums products over pairs of axes; the other axes of a, then those of b, remain.
 * @param axes the axes of a and of b that belong together, or how many: the last of a with the first of b
 * @throws AntlerShapeError if paired extents differ
 */
export function tensordot(
  a: TensorLike,
  b: TensorLike,
  axes: number | readonly [readonly number[], readonly number[]] = 2,
): Tensor {
  const [x, y] = operands(a, b, 'tensordot');
  const [left, right] = pairedAxes(x.shape, y.shape, axes);
  const fits = left.every((axis, i) => x.shape[axis] === y.shape[at(right, i)]);
  if (!fits) {
    const got = `${formatShape(x.shape)} along ${left} and ${formatShape(y.shape)} along ${right}`;
    throw new AntlerShapeError({ where: 'tensordot', expected: 'equal extents along paired axes', got });
  }
  const freeLeft = x.shape.map((_, axis) => axis).filter((axis) => !left.includes(axis));
  const freeRight = y.shape.map((_, axis) => axis).filter((axis) => !right.includes(axis));
  const shape = [...freeLeft.map((axis) => at(x.shape, axis)), ...freeRight.map((axis) => at(y.shape, axis))];
  const depth = sizeOf(left.map((axis) => at(x.shape, axis)));
  const rows = reshape(transpose(x, [...freeLeft, ...left]), [
    sizeOf(shape.slice(0, freeLeft.length)),
    depth,
  ]);
  const columns = reshape(transpose(y, [...right, ...freeRight]), [
    depth,
    sizeOf(shape.slice(freeLeft.length)),
  ]);
  return new Tensor(reshape(matmulPrimitive(rows, columns, false, false), shape));
}

function pairedAxes(
  a: Shape,
  b: Shape,
  axes: number | readonly [readonly number[], readonly number[]],
): [number[], number[]] {
  if (typeof axes === 'number') {
    const count = Math.min(a.length, b.length);
    if (axes < 0 || axes > count || !Number.isInteger(axes)) {
      throw new AntlerValueError({
        where: 'tensordot',
        expected: `0 to ${count} paired axes`,
        got: `${axes}`,
      });
    }
    return [
      Array.from({ length: axes }, (_, i) => a.length - axes + i),
      Array.from({ length: axes }, (_, i) => i),
    ];
  }
  const left = axes[0].map((axis) => normalizeAxis(axis, a.length, 'tensordot'));
  const right = axes[1].map((axis) => normalizeAxis(axis, b.length, 'tensordot'));
  if (
    left.length === right.length &&
    new Set(left).size === left.length &&
    new Set(right).size === right.length
  ) {
    return [left, right];
  }
  throw new AntlerValueError({
    where: 'tensordot',
    expected: 'distinct axes in pairs',
    got: `${JSON.stringify(axes)}`,
  });
}
