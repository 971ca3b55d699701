import { onDiagonal } from '../../primitives/decomposition/matrix-parts.ts';
import { pad } from '../../primitives/structure/pad.ts';
import { slice } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { sum } from '../reduce/reduce.ts';
import { diagonalOf } from './diagonal.ts';

/**
 * The diagonals of matrices, `offset` columns to the right: [..., rows, columns] to [..., n].
 * @throws AntlerShapeError for less than two axes
 */
export function diagonal(x: TensorLike, offset = 0): Tensor {
  const { shape, node, rank } = toTensor(x, 'diagonal');
  if (rank < 2) {
    throw new AntlerShapeError({
      where: 'diagonal',
      expected: '[..., rows, columns]',
      got: formatShape(shape),
    });
  }
  const corner = [Math.max(0, -offset), Math.max(0, offset)] as const;
  const n = Math.max(0, Math.min(at(shape, -2) - corner[0], at(shape, -1) - corner[1]));
  const start = shape.map((extent, axis) =>
    axis < rank - 2 ? 0 : Math.min(extent, at(corner, axis - rank + 2)),
  );
  const square = slice(node, { start, step: shape.map(() => 1), shape: [...shape.slice(0, -2), n, n] });
  return new Tensor(diagonalOf(square, rank - 2, rank - 1));
}

/** The sum of the diagonals of matrices: [..., rows, columns] to [...]. uint8 and bool are summed as int32. */
export function trace(x: TensorLike, offset = 0): Tensor {
  return sum(diagonal(x, offset), -1);
}

/**
 * As in NumPy: the diagonal of a matrix, or a matrix with a vector on its diagonal, `offset` columns to the right.
 * @throws AntlerShapeError for other ranks
 */
export function diag(x: TensorLike, offset = 0): Tensor {
  const given = toTensor(x, 'diag');
  if (given.rank === 2) return diagonal(given, offset);
  if (given.rank === 1) {
    const square = onDiagonal(given.node);
    const [low, high] = [Math.max(0, -offset), Math.max(0, offset)];
    return new Tensor(pad(square, { low: [low, high], high: [high, low], interior: [0, 0] }));
  }
  throw new AntlerShapeError({
    where: 'diag',
    expected: 'a vector or a matrix',
    got: formatShape(given.shape),
  });
}
