import type { Node } from '../../graph/node.ts';
import { shiftLeft, shiftRight } from '../../primitives/elementwise/shift.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { isFloat } from '../../util/dtypes.ts';
import { AntlerTypeError } from '../../util/errors.ts';
import { broadcastOperands, commonDType, pair, type TensorLike } from '../convert.ts';

function shift(
  where: string,
  primitive: (a: Node, b: Node) => Node,
  x: TensorLike,
  places: TensorLike,
): Tensor {
  const common = commonDType([x, places], where);
  if (isFloat(common)) {
    throw new AntlerTypeError({
      where,
      expected: 'integers or bool',
      got: common,
      fix: "convert with cast(x, 'int32')",
    });
  }
  const dtype = common === 'bool' ? 'int32' : common;
  return new Tensor(primitive(...pair(broadcastOperands([x, places], dtype, where))));
}

/**
 * x moved to the left by a number of bits, zeros coming in, broadcast; bool counts as int32. Bits that leave the dtype are
 * lost; a negative number of places, or 32 and more, gives 0.
 * @throws AntlerTypeError for floats
 */
export function leftShift(x: TensorLike, places: TensorLike): Tensor {
  return shift('leftShift', shiftLeft, x, places);
}

/**
 * floor(x / 2^places): x moved to the right by a number of bits, copies of the sign coming in, broadcast; bool counts as
 * int32. A negative number of places, or 32 and more, gives -1 for negative x and 0 for others.
 * @throws AntlerTypeError for floats
 */
export function rightShift(x: TensorLike, places: TensorLike): Tensor {
  return shift('rightShift', shiftRight, x, places);
}
