import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toTensor } from '../convert.ts';
import { mul, sub } from '../math/arithmetic.ts';
import { sum } from '../reduce/reduce.ts';
import { broadcastArrays } from '../shape/grids.ts';
import { moveaxis, reshape, stack } from '../shape/shape.ts';
import { unstack } from '../shape/slicing.ts';

/** Sum of the products of paired elements along an axis (default -1), the other axes broadcast. As the Array API. */
export function vecdot(a: TensorLike, b: TensorLike, axis = -1): Tensor {
  return sum(mul(a, b), axis);
}

/**
 * The vector at right angles to both, a x b, of vectors with 3 elements along an axis (default -1); the other axes broadcast.
 * @throws AntlerShapeError for vectors of another length
 */
export function cross(a: TensorLike, b: TensorLike, axis = -1): Tensor {
  const [left, right] = broadcastArrays(a, b).map((x) => moveaxis(x, axis, 0)) as [Tensor, Tensor];
  if (left.shape[0] !== 3) {
    throw new AntlerShapeError({
      where: 'cross',
      expected: `3 elements along axis ${axis}`,
      got: formatShape(moveaxis(left, 0, axis).shape),
    });
  }
  const [x, y] = [unstack(left), unstack(right)];
  const part = (i: number, j: number) => sub(mul(at(x, i), at(y, j)), mul(at(x, j), at(y, i)));
  return moveaxis(stack([part(1, 2), part(2, 0), part(0, 1)]), 0, axis);
}

/** Blocks a[i, j, ...] b, side by side: the shorter shape gets leading ones; [...a] and [...b] to [...a * b]. As NumPy. */
export function kron(a: TensorLike, b: TensorLike): Tensor {
  const [x, y] = [toTensor(a, 'kron'), toTensor(b, 'kron')];
  const rank = Math.max(x.rank, y.rank);
  const [left, right] = [x, y].map(({ shape }) => [
    ...new Array<number>(rank - shape.length).fill(1),
    ...shape,
  ]);
  const [outer, inner] = [left ?? [], right ?? []];
  const blocks = mul(
    reshape(
      x,
      outer.flatMap((extent) => [extent, 1]),
    ),
    reshape(
      y,
      inner.flatMap((extent) => [1, extent]),
    ),
  );
  return reshape(
    blocks,
    outer.map((extent, axis) => extent * at(inner, axis)),
  );
}
