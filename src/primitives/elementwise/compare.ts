import { k } from '../../graph/kernel/expr.ts';
import { binary, unary } from '../define.ts';
import { full, mul, select } from './arithmetic.ts';

const truth = (condition: boolean): number => (condition ? 1 : 0);

/** a == b. */
export const eq = binary({
  name: 'eq',
  accepts: 'any',
  gives: 'bool',
  reference: (a = 0, b = 0) => truth(a === b),
  gradient: () => null,
  lower: (a, b) => (a.register === 'bool' ? k.eq(k.convert('i32', a), k.convert('i32', b)) : k.eq(a, b)),
});

/** a < b; false where either is NaN. */
export const lt = binary({
  name: 'lt',
  accepts: 'number',
  gives: 'bool',
  reference: (a = 0, b = 0) => truth(a < b),
  gradient: () => null,
  lower: (a, b) => k.lt(a, b),
});

/** a <= b; false where either is NaN. */
export const le = binary({
  name: 'le',
  accepts: 'number',
  gives: 'bool',
  reference: (a = 0, b = 0) => truth(a <= b),
  gradient: () => null,
  lower: (a, b) => k.le(a, b),
});

/** Bitwise and; logical for bool. */
export const and = binary({
  name: 'and',
  accepts: 'integer',
  reference: (a = 0, b = 0) => a & b,
  gradient: () => null,
  lower: (a, b) => k.and(a, b),
});

/** Bitwise or; logical for bool. */
export const or = binary({
  name: 'or',
  accepts: 'integer',
  reference: (a = 0, b = 0) => a | b,
  gradient: () => null,
  lower: (a, b) => k.or(a, b),
});

/** Bitwise exclusive or; logical for bool. */
export const xor = binary({
  name: 'xor',
  accepts: 'integer',
  reference: (a = 0, b = 0) => a ^ b,
  gradient: () => null,
  lower: (a, b) => k.xor(a, b),
});

/** Logical not of bool; bitwise complement of integers. */
export const not = unary({
  name: 'not',
  accepts: 'integer',
  reference: (x = 0) => ~x,
  referenceBool: (x) => 1 - x,
  gradient: () => null,
  lower: (x) => k.xor(x, k.like(x, x.register === 'bool' ? 1 : -1)),
});

/** The larger of both; NaN if either is NaN. Equal values share the gradient. */
export const maximum = binary({
  name: 'maximum',
  accepts: 'number',
  reference: (a = 0, b = 0) => Math.max(a, b),
  gradient: ({ a, b, cotangent }) => [() => shareOf(b, a, cotangent), () => shareOf(a, b, cotangent)],
  lower: (a, b) => k.max(a, b),
});

/** The smaller of both; NaN if either is NaN. Equal values share the gradient. */
export const minimum = binary({
  name: 'minimum',
  accepts: 'number',
  reference: (a = 0, b = 0) => Math.min(a, b),
  gradient: ({ a, b, cotangent }) => [() => shareOf(a, b, cotangent), () => shareOf(b, a, cotangent)],
  lower: (a, b) => k.min(a, b),
});

/** The cotangent where low < high, half of it where they are equal, else zero. */
function shareOf(
  low: Parameters<typeof lt>[0],
  high: Parameters<typeof lt>[1],
  cotangent: Parameters<typeof mul>[0],
) {
  const half = mul(cotangent, full(cotangent, 0.5));
  return select(lt(low, high), cotangent, select(eq(low, high), half, full(cotangent, 0)));
}

/** max(x, 0); NaN of NaN. The gradient at 0 is 0, and needs the result only. */
export const relu = unary({
  name: 'relu',
  accepts: 'number',
  reference: (x = 0) => Math.max(x, 0),
  gradient: ({ output, cotangent }) => select(lt(full(output, 0), output), cotangent, full(cotangent, 0)),
  lower: (x) => k.max(x, k.like(x, 0)),
});

/** |x|. The gradient at 0 is 0. */
export const abs = unary({
  name: 'abs',
  accepts: 'number',
  reference: (x = 0) => Math.abs(x),
  gradient: ({ x, cotangent }) => mul(cotangent, sign(x)),
  lower: (x) => k.abs(x),
});

/** -1, 0 or 1; NaN of NaN. */
export const sign = unary({
  name: 'sign',
  accepts: 'number',
  reference: (x = 0) => Math.sign(x),
  gradient: () => null,
  lower: (x) => {
    const zero = k.like(x, 0);
    const negative = k.select(k.lt(x, zero), k.like(x, -1), x);
    return k.select(k.lt(zero, x), k.like(x, 1), negative);
  },
});
