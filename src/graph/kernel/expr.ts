import type { DType } from '../../util/dtypes.ts';
import { invariant } from '../../util/errors.ts';

/** What a register holds. Small integers travel as i32; `bool` is a truth value, not a number. */
export type Register = 'i32' | 'f32' | 'f64' | 'bool';

export function registerOf(dtype: DType): Register {
  switch (dtype) {
    case 'float32':
      return 'f32';
    case 'float64':
      return 'f64';
    case 'bool':
      return 'bool';
    default:
      return 'i32';
  }
}

/** A loop counter or an accumulator. Identity matters, the name is for printing. */
export interface Variable {
  readonly name: string;
  readonly register: Register;
}

/** An element position: `constant + sum(stride * variable) + dynamic`. */
export interface Index {
  readonly constant: number;
  readonly terms: readonly { readonly variable: Variable; readonly stride: number }[];
  readonly dynamic?: Expr;
}

/** Operations on equal registers that give the same register. */
export type ArithmeticOp = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max';
export type UnaryOp = 'neg' | 'abs' | 'sqrt' | 'floor' | 'ceil' | 'trunc' | 'nearest';
/** i32 (bitwise) or, for the first three, bool (logical). */
export type BitOp = 'and' | 'or' | 'xor' | 'shiftLeft' | 'shiftRight' | 'shiftRightUnsigned';
/** Give bool. */
export type CompareOp = 'eq' | 'ne' | 'lt' | 'le';

export type Expr =
  | { readonly kind: 'const'; readonly register: Register; readonly value: number }
  | { readonly kind: 'variable'; readonly register: Register; readonly variable: Variable }
  | {
      readonly kind: 'load';
      readonly register: Register;
      readonly buffer: number;
      readonly dtype: DType;
      readonly index: Index;
    }
  | {
      readonly kind: 'op';
      readonly register: Register;
      readonly op: OpName;
      readonly args: readonly Expr[];
    };

export type OpName =
  | ArithmeticOp
  | UnaryOp
  | BitOp
  | CompareOp
  | 'mulAdd'
  | 'select'
  | 'convert'
  | 'bits'
  | 'fromBits'
  | 'powerOf2'
  | 'exponent'
  | 'mantissa';

function op(register: Register, name: OpName, ...args: Expr[]): Expr {
  return { kind: 'op', register, op: name, args };
}

function same(name: ArithmeticOp | UnaryOp | BitOp, a: Expr, b: Expr): Expr {
  invariant(a.register === b.register, `${name} of ${a.register} and ${b.register}`);
  return op(a.register, name, a, b);
}

function compare(name: CompareOp, a: Expr, b: Expr): Expr {
  invariant(a.register === b.register, `${name} of ${a.register} and ${b.register}`);
  return op('bool', name, a, b);
}

/** Constructors of expressions, the vocabulary of every lowering. */
export const k = {
  constant: (register: Register, value: number): Expr => ({ kind: 'const', register, value }),
  int: (value: number): Expr => ({ kind: 'const', register: 'i32', value }),
  /** A constant of the same register as `x`. */
  like: (x: Expr, value: number): Expr => ({ kind: 'const', register: x.register, value }),
  read: (variable: Variable): Expr => ({ kind: 'variable', register: variable.register, variable }),
  load: (buffer: number, dtype: DType, index: Index): Expr => ({
    kind: 'load',
    register: registerOf(dtype),
    buffer,
    dtype,
    index,
  }),

  add: (a: Expr, b: Expr) => same('add', a, b),
  sub: (a: Expr, b: Expr) => same('sub', a, b),
  mul: (a: Expr, b: Expr) => same('mul', a, b),
  div: (a: Expr, b: Expr) => same('div', a, b),
  /** NaN if either is NaN. */
  min: (a: Expr, b: Expr) => same('min', a, b),
  /** NaN if either is NaN. */
  max: (a: Expr, b: Expr) => same('max', a, b),
  /** a * b + c, rounded once or twice as the engine prefers. */
  mulAdd: (a: Expr, b: Expr, c: Expr) => op(a.register, 'mulAdd', a, b, c),

  neg: (x: Expr) => op(x.register, 'neg', x),
  abs: (x: Expr) => op(x.register, 'abs', x),
  sqrt: (x: Expr) => op(x.register, 'sqrt', x),
  floor: (x: Expr) => op(x.register, 'floor', x),
  ceil: (x: Expr) => op(x.register, 'ceil', x),
  trunc: (x: Expr) => op(x.register, 'trunc', x),
  /** To the nearest integer, ties to even. */
  nearest: (x: Expr) => op(x.register, 'nearest', x),

  and: (a: Expr, b: Expr) => same('and', a, b),
  or: (a: Expr, b: Expr) => same('or', a, b),
  xor: (a: Expr, b: Expr) => same('xor', a, b),
  shiftLeft: (a: Expr, bits: Expr) => same('shiftLeft', a, bits),
  shiftRight: (a: Expr, bits: Expr) => same('shiftRight', a, bits),
  shiftRightUnsigned: (a: Expr, bits: Expr) => same('shiftRightUnsigned', a, bits),

  eq: (a: Expr, b: Expr) => compare('eq', a, b),
  ne: (a: Expr, b: Expr) => compare('ne', a, b),
  lt: (a: Expr, b: Expr) => compare('lt', a, b),
  le: (a: Expr, b: Expr) => compare('le', a, b),
  select: (condition: Expr, a: Expr, b: Expr): Expr => {
    invariant(condition.register === 'bool' && a.register === b.register, 'select of unlike values');
    return op(a.register, 'select', condition, a, b);
  },

  /** Value conversion; float to i32 truncates, saturates, and maps NaN to 0. */
  convert: (register: Register, x: Expr): Expr => (x.register === register ? x : op(register, 'convert', x)),
  /** The i32 of the same bits as an f32. */
  bits: (x: Expr): Expr => op('i32', 'bits', x),
  /** The f32 of the same bits as an i32. */
  fromBits: (n: Expr): Expr => op('f32', 'fromBits', n),
  /** 2 to the power of an i32 within the normal exponents of `register`. */
  powerOf2: (register: Register, n: Expr): Expr => op(register, 'powerOf2', n),
  /** The i32 e of a normal f64 x = m 2^e with 1 <= |m| < 2. */
  exponent: (x: Expr): Expr => op('i32', 'exponent', x),
  /** The m of a normal positive f64 x = m 2^e with 1 <= m < 2. */
  mantissa: (x: Expr): Expr => op(x.register, 'mantissa', x),

  /** Horner's rule; coefficients from the highest power down. */
  polynomial(coefficients: readonly number[], x: Expr): Expr {
    const [first = 0, ...rest] = coefficients;
    return rest.reduce<Expr>((sum, c) => k.mulAdd(sum, x, k.like(x, c)), k.like(x, first));
  },
};
