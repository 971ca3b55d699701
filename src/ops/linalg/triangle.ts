import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { tri } from '../create.ts';
import { where } from '../math/arithmetic.ts';
import { logicalNot } from '../math/compare.ts';

/** Which elements of the last two axes lie at and below a diagonal. */
function below(x: Tensor, diagonal: number, name: string): Tensor {
  if (x.rank < 2)
    throw new AntlerShapeError({ where: name, expected: '[..., rows, columns]', got: formatShape(x.shape) });
  return tri(at(x.shape, -2), at(x.shape, -1), diagonal, 'bool');
}

/** x [..., rows, columns] with zeros above the diagonal, which lies `diagonal` columns to the right. */
export function tril(x: TensorLike, diagonal = 0): Tensor {
  const values = toTensor(x, 'tril');
  return where(below(values, diagonal, 'tril'), values, 0);
}

/** x [..., rows, columns] with zeros below the diagonal, which lies `diagonal` columns to the right. */
export function triu(x: TensorLike, diagonal = 0): Tensor {
  const values = toTensor(x, 'triu');
  return where(logicalNot(below(values, diagonal - 1, 'triu')), values, 0);
}
