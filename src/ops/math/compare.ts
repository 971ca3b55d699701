import type { Node } from '../../graph/node.ts';
import { cast, full } from '../../primitives/elementwise/arithmetic.ts';
import { abs, and, eq, le, lt, not, or, xor } from '../../primitives/elementwise/compare.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { type DType, isFloat } from '../../util/dtypes.ts';
import { AntlerTypeError } from '../../util/errors.ts';
import { broadcastOperands, commonDType, pair, type TensorLike, toNode } from '../convert.ts';

type Binary = (a: Node, b: Node) => Node;

function compared(where: string, a: TensorLike, b: TensorLike, relation: Binary): Tensor {
  const common = commonDType([a, b], where);
  return new Tensor(
    relation(...pair(broadcastOperands([a, b], common === 'bool' ? 'int32' : common, where))),
  );
}

/** a == b as bool, broadcast; false where either is NaN. */
export function equal(a: TensorLike, b: TensorLike): Tensor {
  return compared('equal', a, b, eq);
}

/** a != b as bool, broadcast; true where either is NaN. */
export function notEqual(a: TensorLike, b: TensorLike): Tensor {
  return compared('notEqual', a, b, (x, y) => not(eq(x, y)));
}

/** a < b as bool, broadcast; false where either is NaN. */
export function less(a: TensorLike, b: TensorLike): Tensor {
  return compared('less', a, b, lt);
}

/** a <= b as bool, broadcast; false where either is NaN. */
export function lessEqual(a: TensorLike, b: TensorLike): Tensor {
  return compared('lessEqual', a, b, le);
}

/** a > b as bool, broadcast; false where either is NaN. */
export function greater(a: TensorLike, b: TensorLike): Tensor {
  return compared('greater', a, b, (x, y) => lt(y, x));
}

/** a >= b as bool, broadcast; false where either is NaN. */
export function greaterEqual(a: TensorLike, b: TensorLike): Tensor {
  return compared('greaterEqual', a, b, (x, y) => le(y, x));
}

function logical(where: string, a: TensorLike, b: TensorLike, relation: Binary): Tensor {
  const truths = [a, b].map((value) => new Tensor(cast(toNode(value, where), 'bool')));
  return new Tensor(relation(...pair(broadcastOperands(truths, 'bool', where))));
}

/** Whether both are not 0, as bool, broadcast. */
export function logicalAnd(a: TensorLike, b: TensorLike): Tensor {
  return logical('logicalAnd', a, b, and);
}

/** Whether either is not 0, as bool, broadcast. */
export function logicalOr(a: TensorLike, b: TensorLike): Tensor {
  return logical('logicalOr', a, b, or);
}

/** Whether exactly one is not 0, as bool, broadcast. */
export function logicalXor(a: TensorLike, b: TensorLike): Tensor {
  return logical('logicalXor', a, b, xor);
}

/** Whether x is 0, as bool. */
export function logicalNot(x: TensorLike): Tensor {
  return new Tensor(not(cast(toNode(x, 'logicalNot'), 'bool')));
}

/** Whether x is NaN, as bool. */
export function isNan(x: TensorLike): Tensor {
  const node = toNode(x, 'isNan');
  return new Tensor(not(eq(node, node)));
}

/** Whether x is neither NaN nor an infinity, as bool. */
function isFiniteNumber(x: TensorLike): Tensor {
  const node = toNode(x, 'isFinite');
  return new Tensor(isFloat(node.dtype) ? lt(abs(node), full(node, Infinity)) : eq(node, node));
}

export { isFiniteNumber as isFinite };

/** Whether x is plus or minus infinity, as bool. */
export function isInf(x: TensorLike): Tensor {
  const node = toNode(x, 'isInf');
  return new Tensor(isFloat(node.dtype) ? eq(abs(node), full(node, Infinity)) : not(eq(node, node)));
}

function requireInteger(dtype: DType, where: string): void {
  if (!isFloat(dtype)) return;
  throw new AntlerTypeError({
    where,
    expected: 'integers or bool',
    got: dtype,
    fix: "convert with cast(x, 'int32')",
  });
}

function bitwise(where: string, a: TensorLike, b: TensorLike, operation: Binary): Tensor {
  const dtype = commonDType([a, b], where);
  requireInteger(dtype, where);
  return new Tensor(operation(...pair(broadcastOperands([a, b], dtype, where))));
}

/** The bits set in both, broadcast; logical for bool. @throws AntlerTypeError for floats */
export function bitwiseAnd(a: TensorLike, b: TensorLike): Tensor {
  return bitwise('bitwiseAnd', a, b, and);
}

/** The bits set in either, broadcast; logical for bool. @throws AntlerTypeError for floats */
export function bitwiseOr(a: TensorLike, b: TensorLike): Tensor {
  return bitwise('bitwiseOr', a, b, or);
}

/** The bits set in exactly one, broadcast; logical for bool. @throws AntlerTypeError for floats */
export function bitwiseXor(a: TensorLike, b: TensorLike): Tensor {
  return bitwise('bitwiseXor', a, b, xor);
}

/** All bits reversed; logical for bool. @throws AntlerTypeError for floats */
export function bitwiseNot(x: TensorLike): Tensor {
  const node = toNode(x, 'bitwiseNot');
  requireInteger(node.dtype, 'bitwiseNot');
  return new Tensor(not(node));
}
