import { type Expr, k, registerOf } from '../../graph/kernel/expr.ts';
import type { Node } from '../../graph/node.ts';
import { apply, type MapPrimitive } from '../../graph/primitive.ts';
import { type DType, isFloat } from '../../util/dtypes.ts';
import { invariant } from '../../util/errors.ts';
import { sameShape } from '../../util/shapes.ts';
import { applicable, binary, unary } from '../define.ts';
import { constant } from '../leaf.ts';
import { broadcastTo } from '../structure/views.ts';

/** A constant of the shape and dtype of `x`. */
export function full(x: Node, value: number): Node {
  return broadcastTo(constant(value, x.dtype), x.shape);
}

/** -x. Integers wrap. */
export const neg = unary({
  name: 'neg',
  accepts: 'number',
  reference: (x = 0) => -x,
  gradient: ({ cotangent }) => neg(cotangent),
  lower: (x) => k.neg(x),
});

/** a + b. Integers wrap. */
export const add = binary({
  name: 'add',
  accepts: 'number',
  reference: (a = 0, b = 0) => a + b,
  gradient: ({ cotangent }) => [() => cotangent, () => cotangent],
  lower: (a, b) => k.add(a, b),
});

/** a - b. Integers wrap. */
export const sub = binary({
  name: 'sub',
  accepts: 'number',
  reference: (a = 0, b = 0) => a - b,
  gradient: ({ cotangent }) => [() => cotangent, () => neg(cotangent)],
  lower: (a, b) => k.sub(a, b),
});

/** a * b. Integers wrap. */
export const mul = binary({
  name: 'mul',
  accepts: 'number',
  reference: (a = 0, b = 0) => a * b,
  referenceInteger: Math.imul,
  gradient: ({ a, b, cotangent }) => [() => mul(cotangent, b), () => mul(cotangent, a)],
  lower: (a, b) => k.mul(a, b),
});

/** a / b, IEEE 754: x/0 is an infinity, 0/0 is NaN. Floats only. */
export const div = binary({
  name: 'div',
  accepts: 'float',
  reference: (a = 0, b = 0) => a / b,
  gradient: ({ b, output, cotangent }) => {
    const scaled = () => div(cotangent, b);
    return [scaled, () => neg(mul(scaled(), output))];
  },
  lower: (a, b) => k.div(a, b),
});

/** The square root; NaN below zero. */
export const sqrt = unary({
  name: 'sqrt',
  accepts: 'float',
  reference: (x = 0) => Math.sqrt(x),
  gradient: ({ output, cotangent }) => div(mul(cotangent, full(output, 0.5)), output),
  lower: (x) => k.sqrt(x),
});

const castPrimitive: MapPrimitive<{ dtype: DType }> = {
  kind: 'map',
  name: 'cast',
  infer: ([x], { dtype }) => {
    invariant(x, 'cast without input');
    return { shape: x.shape, dtype };
  },
  gradient: ({ inputs: [x], cotangent }) => [
    x && isFloat(x.dtype) && isFloat(cotangent.dtype) ? cast(cotangent, x.dtype) : null,
  ],
  reference: ([x = 0], { dtype }) => castValue(x, dtype),
  lower: ([x], { dtype }) => {
    invariant(x, 'cast without input');
    return lowerCast(x, dtype);
  },
};

/**
 * Converts elements. Float to integer truncates towards zero, saturates at the int32 range and maps NaN to 0;
 * uint8 then keeps the low 8 bits; bool is `x != 0`.
 */
export const cast = applicable(castPrimitive, (x: Node, dtype: DType) =>
  x.dtype === dtype ? x : apply(castPrimitive, [x], { dtype }),
);

function castValue(x: number, dtype: DType): number {
  if (dtype === 'bool') return x !== 0 ? 1 : 0;
  if (isFloat(dtype)) return x;
  const saturated = Number.isNaN(x) ? 0 : Math.min(Math.max(Math.trunc(x), -(2 ** 31)), 2 ** 31 - 1);
  return dtype === 'uint8' ? saturated & 255 : saturated;
}

function lowerCast(x: Expr, dtype: DType): Expr {
  if (dtype === 'bool') return x.register === 'bool' ? x : k.ne(x, k.like(x, 0));
  const value = k.convert(registerOf(dtype), x);
  return dtype === 'uint8' && x.register !== 'bool' ? k.and(value, k.int(255)) : value;
}

const selectPrimitive: MapPrimitive = {
  kind: 'map',
  name: 'select',
  infer: ([condition, a, b]) => {
    invariant(condition?.dtype === 'bool' && a && b, 'select wants bool and two values');
    invariant(sameShape(condition.shape, a.shape) && sameShape(a.shape, b.shape), 'select of unlike shapes');
    invariant(a.dtype === b.dtype, 'select of unlike dtypes');
    return { shape: a.shape, dtype: a.dtype };
  },
  gradient: ({ inputs: [condition], cotangent, wants }) => {
    invariant(condition, 'select without condition');
    const zero = full(cotangent, 0);
    return [
      null,
      wants(1) ? select(condition, cotangent, zero) : null,
      wants(2) ? select(condition, zero, cotangent) : null,
    ];
  },
  reference: ([condition = 0, a = 0, b = 0]) => (condition !== 0 ? a : b),
  lower: ([condition, a, b]) => {
    invariant(condition && a && b, 'select without inputs');
    return k.select(condition, a, b);
  },
};

/** a where the condition holds, else b. */
export const select = applicable(selectPrimitive, (condition: Node, a: Node, b: Node) =>
  apply(selectPrimitive, [condition, a, b]),
);
