import type { OpName, Register } from '../../../graph/kernel/expr.ts';
import { AntlerInternalError } from '../../../util/errors.ts';
import { type Code, f32, f32x4, f64, i32, i32x4, i64, select, v128 } from '../encoder/index.ts';

/** How wide values are while code is emitted: one element, or four in a vector register. */
export type Width = 'scalar' | 'vector';

type Emit = (...args: Code[]) => Code;
type OpTable = Partial<Record<OpName, Emit>>;

const MANTISSA_BITS = 23;
const EXPONENT_BIAS = 127;

/** a < b ? a : b for integers, which have no instruction for it; operands are evaluated twice, so they must be locals. */
const chooseI32 =
  (isFirst: (a: Code, b: Code) => Code): Emit =>
  (a = [], b = []) =>
    select(a, b, isFirst(a, b));

/** What every float family has as one instruction of the same name. */
const FLOAT_OPS = [
  ...(['add', 'sub', 'mul', 'div', 'min', 'max', 'neg', 'abs', 'sqrt'] as const),
  ...(['floor', 'ceil', 'trunc', 'nearest', 'eq', 'ne', 'lt', 'le'] as const),
] as const;

const SCALAR_F32: OpTable = {
  ...pick(f32, FLOAT_OPS),
  mulAdd: (a = [], b = [], c = []) => f32.add(f32.mul(a, b), c),
  powerOf2: (n = []) =>
    f32.reinterpretI32(i32.shl(i32.add(n, i32.const(EXPONENT_BIAS)), i32.const(MANTISSA_BITS))),
  bits: i32.reinterpretF32 as Emit,
};

const SCALAR_F64: OpTable = {
  ...pick(f64, FLOAT_OPS),
  mulAdd: (a = [], b = [], c = []) => f64.add(f64.mul(a, b), c),
  powerOf2: (n = []) =>
    f64.reinterpretI64(i64.shl(i64.extendI32S(i32.add(n, i32.const(1023))), i64.const(52n))),
  mantissa: (x = []) =>
    f64.reinterpretI64(
      i64.or(i64.and(i64.reinterpretF64(x), i64.const(0xfffffffffffffn)), i64.const(0x3ff0000000000000n)),
    ),
  exponent: (x = []) =>
    i32.sub(
      i32.and(i32.wrapI64(i64.shrU(i64.reinterpretF64(x), i64.const(52n))), i32.const(2047)),
      i32.const(1023),
    ),
};

const SCALAR_I32: OpTable = {
  ...pick(i32, ['add', 'sub', 'mul', 'and', 'or', 'xor', 'eq', 'ne']),
  min: chooseI32(i32.leS),
  max: chooseI32(i32.geS),
  neg: (x = []) => i32.sub(i32.const(0), x),
  abs: (x = []) => select(x, i32.sub(i32.const(0), x), i32.geS(x, i32.const(0))),
  shiftLeft: i32.shl as Emit,
  shiftRight: i32.shrS as Emit,
  shiftRightUnsigned: i32.shrU as Emit,
  fromBits: f32.reinterpretI32 as Emit,
  lt: i32.ltS as Emit,
  le: i32.leS as Emit,
};

const SCALAR_BOOL: OpTable = pick(i32, ['and', 'or', 'xor', 'eq', 'ne']);

const VECTOR_F32: OpTable = {
  ...pick(f32x4, FLOAT_OPS),
  powerOf2: (n = []) =>
    i32x4.shl(i32x4.add(n, i32x4.splat(i32.const(EXPONENT_BIAS))), i32.const(MANTISSA_BITS)),
  bits: (x = []) => x,
};

const VECTOR_I32: OpTable = {
  ...pick(i32x4, ['add', 'sub', 'mul', 'neg', 'abs', 'eq', 'ne']),
  ...pick(v128, ['and', 'or', 'xor']),
  min: i32x4.minS as Emit,
  max: i32x4.maxS as Emit,
  shiftLeft: i32x4.shl as Emit,
  shiftRight: i32x4.shrS as Emit,
  shiftRightUnsigned: i32x4.shrU as Emit,
  fromBits: (n = []) => n,
  lt: i32x4.ltS as Emit,
  le: i32x4.leS as Emit,
};

const VECTOR_BOOL: OpTable = { ...pick(v128, ['and', 'or', 'xor']), ...pick(i32x4, ['eq', 'ne']) };

const TABLES: Record<Width, Record<Register, OpTable | undefined>> = {
  scalar: { f32: SCALAR_F32, f64: SCALAR_F64, i32: SCALAR_I32, bool: SCALAR_BOOL },
  vector: { f32: VECTOR_F32, f64: undefined, i32: VECTOR_I32, bool: VECTOR_BOOL },
};

function pick<Names extends OpName & keyof T, T extends object>(family: T, names: readonly Names[]): OpTable {
  return Object.fromEntries(names.map((name) => [name, family[name]]));
}

/** Code of an operation on operands of register `operands`. */
export function operation(width: Width, op: OpName, operands: Register, args: readonly Code[]): Code {
  const emit = TABLES[width][operands]?.[op];
  if (!emit) throw new AntlerInternalError(`no ${width} code for ${op} of ${operands}`);
  return emit(...args);
}

/** Integer min, max and abs mention their operands twice. */
export function repeatsOperands(width: Width, op: OpName, register: Register): boolean {
  return width === 'scalar' && register === 'i32' && (op === 'min' || op === 'max' || op === 'abs');
}

/** a where the condition holds, else b; evaluated in this order. */
export function choose(width: Width, a: Code, b: Code, condition: Code): Code {
  return width === 'vector' ? v128.bitselect(a, b, condition) : select(a, b, condition);
}

type Conversion = `${Register}>${Register}`;

const SCALAR_CONVERSIONS: Partial<Record<Conversion, Emit>> = {
  'i32>f32': f32.convertI32S as Emit,
  'i32>f64': f64.convertI32S as Emit,
  'bool>f32': f32.convertI32S as Emit,
  'bool>f64': f64.convertI32S as Emit,
  'bool>i32': (x = []) => x,
  'f32>i32': i32.truncSatF32S as Emit,
  'f64>i32': i32.truncSatF64S as Emit,
  'f32>f64': f64.promoteF32 as Emit,
  'f64>f32': f32.demoteF64 as Emit,
};

const VECTOR_CONVERSIONS: Partial<Record<Conversion, Emit>> = {
  'i32>f32': f32x4.convertI32x4S as Emit,
  'bool>f32': (x = []) => v128.and(x, f32x4.splat(f32.const(1))),
  'bool>i32': (x = []) => v128.and(x, i32x4.splat(i32.const(1))),
  'f32>i32': i32x4.truncSatF32x4S as Emit,
};

/** Code of a value conversion between registers. */
export function conversion(width: Width, from: Register, to: Register, x: Code): Code {
  const emit = (width === 'vector' ? VECTOR_CONVERSIONS : SCALAR_CONVERSIONS)[`${from}>${to}`];
  if (!emit) throw new AntlerInternalError(`no ${width} conversion from ${from} to ${to}`);
  return emit(x);
}

/** A literal in every lane. */
export function literal(width: Width, register: Register, value: number): Code {
  switch (register) {
    case 'f32':
      return width === 'vector' ? f32x4.const(value, value, value, value) : f32.const(value);
    case 'f64':
      return f64.const(value);
    case 'i32':
      return width === 'vector' ? i32x4.const(value, value, value, value) : i32.const(value);
    case 'bool': {
      const bits = value === 0 ? 0 : 1;
      return width === 'vector' ? i32x4.const(-bits, -bits, -bits, -bits) : i32.const(bits);
    }
  }
}

/** One element in every lane. */
export function splat(register: Register, x: Code): Code {
  if (register === 'f32') return f32x4.splat(x);
  return i32x4.splat(register === 'bool' ? i32.sub(i32.const(0), x) : x);
}
