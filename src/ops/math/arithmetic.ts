import type { Node } from '../../graph/node.ts';
import * as p from '../../primitives/elementwise/arithmetic.ts';
import * as compare from '../../primitives/elementwise/compare.ts';
import { pow as powPrimitive } from '../../primitives/elementwise/power.ts';
import * as rounding from '../../primitives/elementwise/rounding.ts';
import { broadcastTo } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { type DType, isFloat, parseDType } from '../../util/dtypes.ts';
import { broadcastShapes } from '../../util/shapes.ts';
import {
  broadcastOperands,
  commonDType,
  pair,
  type TensorLike,
  toNode,
  toNodeOf,
  toNumberNode,
} from '../convert.ts';

type Binary = (a: Node, b: Node) => Node;

/** Applies a primitive to two broadcast operands; bool counts as int32. */
function arithmetic(where: string, primitive: Binary, a: TensorLike, b: TensorLike): Tensor {
  const dtype = commonDType([a, b], where);
  return new Tensor(primitive(...pair(broadcastOperands([a, b], dtype === 'bool' ? 'int32' : dtype, where))));
}

/** Applies a primitive to two broadcast operands as floats; integers become float32. */
export function floatArithmetic(where: string, primitive: Binary, a: TensorLike, b: TensorLike): Tensor {
  const dtype = commonDType([a, b], where);
  return new Tensor(primitive(...pair(broadcastOperands([a, b], isFloat(dtype) ? dtype : 'float32', where))));
}

/** a + b, broadcast. Integers wrap; bool counts as int32. @throws AntlerShapeError if the shapes do not broadcast */
export function add(a: TensorLike, b: TensorLike): Tensor {
  return arithmetic('add', p.add, a, b);
}

/** a - b, broadcast. Integers wrap; bool counts as int32. @throws AntlerShapeError if the shapes do not broadcast */
export function sub(a: TensorLike, b: TensorLike): Tensor {
  return arithmetic('sub', p.sub, a, b);
}

/** a * b, broadcast. Integers wrap; bool counts as int32. @throws AntlerShapeError if the shapes do not broadcast */
export function mul(a: TensorLike, b: TensorLike): Tensor {
  return arithmetic('mul', p.mul, a, b);
}

/** a / b, broadcast; integers become float32. IEEE 754: x/0 is an infinity, 0/0 is NaN. */
export function div(a: TensorLike, b: TensorLike): Tensor {
  return floatArithmetic('div', p.div, a, b);
}

/** The larger of both, broadcast; NaN if either is NaN. */
export function maximum(a: TensorLike, b: TensorLike): Tensor {
  return arithmetic('maximum', compare.maximum, a, b);
}

/** The smaller of both, broadcast; NaN if either is NaN. */
export function minimum(a: TensorLike, b: TensorLike): Tensor {
  return arithmetic('minimum', compare.minimum, a, b);
}

/** x limited to [low, high], broadcast; NaN stays NaN. */
export function clip(x: TensorLike, low: TensorLike, high: TensorLike): Tensor {
  return minimum(maximum(x, low), high);
}

/** -x. Integers wrap; bool counts as int32. */
export function neg(x: TensorLike): Tensor {
  return new Tensor(p.neg(toNumberNode(x, 'neg')));
}

/** |x|. The gradient at 0 is 0. */
export function abs(x: TensorLike): Tensor {
  return new Tensor(compare.abs(toNumberNode(x, 'abs')));
}

/** -1, 0 or 1 in the dtype of x; NaN of NaN. */
export function sign(x: TensorLike): Tensor {
  return new Tensor(compare.sign(toNumberNode(x, 'sign')));
}

/** x * x. */
export function square(x: TensorLike): Tensor {
  return mul(x, x);
}

/** 1 / x; integers become float32. */
export function reciprocal(x: TensorLike): Tensor {
  return div(1, x);
}

/** Exponents up to which x ** n is a chain of products: exact for integers, and cheaper than logarithms. */
const LARGEST_UNROLLED_POWER = 64;

/**
 * a to the power of b, broadcast; 1 where b is 0, NaN for a negative float and a fractional exponent.
 * A whole number b in [0, 64] is unrolled into products. Integers with an integer tensor b saturate at the int32 range.
 */
export function pow(a: TensorLike, b: TensorLike): Tensor {
  if (typeof b === 'number' && Number.isInteger(b) && b >= 0 && b <= LARGEST_UNROLLED_POWER) {
    return new Tensor(wholePower(toNumberNode(a, 'pow'), b));
  }
  const dtype = commonDType([a, b], 'pow');
  if (isFloat(dtype)) return floatArithmetic('pow', powPrimitive, a, b);
  const exact = powPrimitive(...pair(broadcastOperands([a, b], 'float64', 'pow')));
  return new Tensor(p.cast(rounding.round(exact), dtype === 'bool' ? 'int32' : dtype));
}

function wholePower(x: Node, exponent: number): Node {
  if (exponent === 0) return p.full(x, 1);
  if (exponent === 1) return x;
  const half = wholePower(x, Math.floor(exponent / 2));
  const even = p.mul(half, half);
  return exponent % 2 === 0 ? even : p.mul(even, x);
}

/**
 * floor(a / b), broadcast, in the common dtype. An integer divided by 0 gives 0.
 */
export function floorDiv(a: TensorLike, b: TensorLike): Tensor {
  return viaDouble('floorDiv', a, b, (x, y) => rounding.floor(p.div(x, y)));
}

/**
 * a - floorDiv(a, b) * b, broadcast: the remainder with the sign of b, as in Python. An integer modulo 0 gives 0;
 * for floats a mod 0 is NaN and a mod infinity is a, or infinity where the signs differ.
 */
export function mod(a: TensorLike, b: TensorLike): Tensor {
  return viaDouble('mod', a, b, floorRemainder);
}

function floorRemainder(x: Node, y: Node): Node {
  const zero = p.full(x, 0);
  const remainder = p.sub(x, p.mul(rounding.floor(p.div(x, y)), y));
  // infinity times zero would spoil it
  const unbounded = p.select(compare.lt(p.mul(compare.sign(x), compare.sign(y)), zero), y, x);
  const boundless = compare.eq(compare.abs(y), p.full(y, Infinity));
  return p.select(boundless, unbounded, remainder);
}

/** Computes in double precision, where quotients of 32-bit values keep all their whole digits. An integer divisor of 0 gives 0. */
export function viaDouble(where: string, a: TensorLike, b: TensorLike, body: Binary): Tensor {
  const common = commonDType([a, b], where);
  const dtype = common === 'bool' ? 'int32' : common;
  const [x, y] = pair(broadcastOperands([a, b], dtype, where).map((node) => p.cast(node, 'float64')));
  const result = body(x, y);
  if (isFloat(dtype)) return new Tensor(p.cast(result, dtype));
  const zero = p.full(y, 0);
  return new Tensor(p.cast(p.select(compare.eq(y, zero), zero, result), dtype));
}

/**
 * x converted to `dtype`. Float to integer truncates towards zero and saturates at the int32 range, NaN gives 0;
 * uint8 then keeps the low 8 bits; bool is `x != 0`.
 */
export function cast(x: TensorLike, dtype: DType): Tensor {
  return new Tensor(p.cast(toNode(x, 'cast'), parseDType(dtype, 'cast')));
}

/** `ifTrue` where the condition is not 0, else `ifFalse`; all three broadcast, the values in their common dtype. */
export function where(condition: TensorLike, ifTrue: TensorLike, ifFalse: TensorLike): Tensor {
  const values = [ifTrue, ifFalse].map((value) =>
    toNodeOf(value, commonDType([ifTrue, ifFalse], 'where'), 'where'),
  );
  const nodes = [p.cast(toNode(condition, 'where'), 'bool'), ...values];
  const shape = nodes.map((node) => node.shape).reduce((a, b) => broadcastShapes(a, b, 'where'));
  const [chosen, a, b] = nodes.map((node) => broadcastTo(node, shape)) as [Node, Node, Node];
  return new Tensor(p.select(chosen, a, b));
}
