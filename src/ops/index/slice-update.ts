import { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toNodeOf, toTensor } from '../convert.ts';
import { ones } from '../create.ts';
import { where } from '../math/arithmetic.ts';
import { pad } from '../shape/tiling.ts';

/**
 * x with `updates` in place of the block that begins at `begin`, in the dtype of x; a negative begin counts from the end.
 * @throws AntlerValueError for a block that reaches outside
 */
export function sliceUpdate(x: TensorLike, begin: readonly number[], updates: TensorLike): Tensor {
  const given = toTensor(x, 'sliceUpdate');
  const block = new Tensor(toNodeOf(toTensor(updates, 'sliceUpdate'), given.dtype, 'sliceUpdate'));
  const starts = given.shape.map((extent, axis) => {
    const start = begin[axis] ?? 0;
    return start < 0 ? start + extent : start;
  });
  const fits = given.shape.every((extent, axis) => {
    const start = at(starts, axis);
    return Number.isInteger(start) && start >= 0 && start + (block.shape[axis] ?? 0) <= extent;
  });
  if (!fits || block.rank !== given.rank || begin.length > given.rank) {
    throw new AntlerValueError({
      where: 'sliceUpdate',
      expected: `a block inside shape ${formatShape(given.shape)}`,
      got: `${formatShape(block.shape)} at ${formatShape(begin)}`,
    });
  }
  const widths = given.shape.map((extent, axis): [number, number] => {
    const start = at(starts, axis);
    return [start, extent - start - at(block.shape, axis)];
  });
  return where(pad(ones(block.shape, 'bool'), widths), pad(block, widths), given);
}
