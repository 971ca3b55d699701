import { describe, expect, it } from 'vitest';
import { scalarFunction } from '../../../../test/support/run-wasm.ts';
import { type Code, f32, f64, i32, i64 } from './index.ts';

type Reference = (...args: readonly never[]) => number | bigint;

const I32 = [0, 1, -1, 5, -7, 31, 64, 255, -128, 65_535, 0x7fff_ffff, -0x8000_0000];
const I64 = [0n, 1n, -1n, 5n, -7n, 33n, 200n, 40_000n, 0x1234_5678_9abcn, 2n ** 63n - 1n, -(2n ** 63n)];
const F32 = [0, -0, 1, -1, 0.5, 2.5, -3.5, 1e-3, 12_345.678, -3e9, 1e20, Infinity, -Infinity, NaN].map(
  Math.fround,
);
const F64 = [0, -0, 1, -1, 0.5, 2.5, -3.5, 1e-30, 1234.5678, -3e9, 1e20, Infinity, -Infinity, NaN];
const SAMPLES = { i32: I32, i64: I64, f32: F32, f64: F64 };

/** Compares every instruction named in `references` with JavaScript, on all samples or pairs of samples. */
function compare(
  instructions: Readonly<Record<string, unknown>>,
  operand: keyof typeof SAMPLES,
  result: keyof typeof SAMPLES,
  references: Readonly<Record<string, Reference>>,
): void {
  it.each(Object.entries(references))(`${operand} to ${result}: %s`, (name, reference) => {
    const arity = reference.length;
    const instruction = instructions[name] as (...operands: readonly Code[]) => Code;
    const { run } = scalarFunction(Array<typeof operand>(arity).fill(operand), result, instruction);
    const samples: readonly (number | bigint)[] = SAMPLES[operand];
    for (const a of samples)
      for (const b of arity === 2 ? samples : samples.slice(0, 1)) {
        const args = arity === 2 ? [a, b] : [a];
        const expected = outcome(() => reference(...(args as unknown as readonly never[])));
        expect(
          outcome(() => run(...args)),
          `${name}(${args.join()})`,
        ).toEqual(expected);
      }
  });
}

/** The value, or 'trap'. */
function outcome(compute: () => number | bigint): number | bigint | string {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) return 'trap';
    throw error;
  }
}

const bit = (condition: boolean) => (condition ? 1 : 0);
const u32 = (x: number) => x >>> 0;
const u64 = (x: bigint) => BigInt.asUintN(64, x);
const s64 = (x: bigint) => BigInt.asIntN(64, x);

function trap(): never {
  throw new RangeError('trap');
}

/** Round half to even, keeping the sign of zero. */
function nearest(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) >= 2 ** 52) return x;
  const floor = Math.floor(x);
  const rest = x - floor;
  const rounded = rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1;
  return rounded === 0 ? (Object.is(x, -0) || x < 0 ? -0 : 0) : rounded;
}

function copysign(a: number, b: number): number {
  const negative = b < 0 || Object.is(b, -0);
  return negative ? -Math.abs(a) : Math.abs(a);
}

/** Truncation to an integer of `bits`, clamped. */
function saturate(x: number, low: bigint, high: bigint): bigint {
  if (Number.isNaN(x)) return 0n;
  if (x <= Number(low)) return low;
  if (x >= Number(high)) return high;
  return BigInt(Math.trunc(x));
}

/** Truncation to an integer in low .. high, or a trap. */
function truncate(x: number, low: bigint, high: bigint): bigint {
  if (!Number.isFinite(x)) trap();
  const value = BigInt(Math.trunc(x));
  return value < low || value > high ? trap() : value;
}

const S32 = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const U32 = [0n, 2n ** 32n - 1n] as const;
const S64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const U64 = [0n, 2n ** 64n - 1n] as const;
type Bounds = readonly [bigint, bigint];
const toI32 = (convert: typeof saturate, bounds: Bounds) => (x: number) => Number(convert(x, ...bounds)) | 0;
const toI64 = (convert: typeof saturate, bounds: Bounds) => (x: number) => s64(convert(x, ...bounds));

const bitsOfF32 = (x: number) => new DataView(Float32Array.of(x).buffer).getInt32(0, true);
const f32OfBits = (x: number) => new DataView(Int32Array.of(x).buffer).getFloat32(0, true);
const bitsOfF64 = (x: number) => new DataView(Float64Array.of(x).buffer).getBigInt64(0, true);
const f64OfBits = (x: bigint) => new DataView(BigInt64Array.of(x).buffer).getFloat64(0, true);

const i32Unary = {
  eqz: (a: number) => bit(a === 0),
  clz: (a: number) => Math.clz32(a),
  ctz: (a: number) => (a === 0 ? 32 : 31 - Math.clz32(a & -a)),
  popcnt: (a: number) => u32(a).toString(2).replaceAll('0', '').length,
  extend8S: (a: number) => (a << 24) >> 24,
  extend16S: (a: number) => (a << 16) >> 16,
};

const i32Binary = {
  eq: (a: number, b: number) => bit(a === b),
  ne: (a: number, b: number) => bit(a !== b),
  ltS: (a: number, b: number) => bit(a < b),
  ltU: (a: number, b: number) => bit(u32(a) < u32(b)),
  gtS: (a: number, b: number) => bit(a > b),
  gtU: (a: number, b: number) => bit(u32(a) > u32(b)),
  leS: (a: number, b: number) => bit(a <= b),
  leU: (a: number, b: number) => bit(u32(a) <= u32(b)),
  geS: (a: number, b: number) => bit(a >= b),
  geU: (a: number, b: number) => bit(u32(a) >= u32(b)),
  add: (a: number, b: number) => (a + b) | 0,
  sub: (a: number, b: number) => (a - b) | 0,
  mul: Math.imul,
  divS: (a: number, b: number) => (b === 0 || (a === -(2 ** 31) && b === -1) ? trap() : (a / b) | 0),
  divU: (a: number, b: number) => (b === 0 ? trap() : (u32(a) / u32(b)) | 0),
  remS: (a: number, b: number) => (b === 0 ? trap() : (a % b) | 0),
  remU: (a: number, b: number) => (b === 0 ? trap() : (u32(a) % u32(b)) | 0),
  and: (a: number, b: number) => a & b,
  or: (a: number, b: number) => a | b,
  xor: (a: number, b: number) => a ^ b,
  shl: (a: number, b: number) => a << b,
  shrS: (a: number, b: number) => a >> b,
  shrU: (a: number, b: number) => (a >>> b) | 0,
  rotl: (a: number, b: number) => (a << b) | ((a >>> 1) >>> (31 - (b & 31))),
  rotr: (a: number, b: number) => (a >>> b) | ((a << 1) << (31 - (b & 31))),
};

const i64Unary = {
  clz: (a: bigint) => BigInt(64 - (a === 0n ? 0 : u64(a).toString(2).length)),
  ctz: (a: bigint) => (a === 0n ? 64n : BigInt(/0*$/.exec(u64(a).toString(2))?.[0].length ?? 0)),
  popcnt: (a: bigint) => BigInt(u64(a).toString(2).replaceAll('0', '').length),
  extend8S: (a: bigint) => BigInt.asIntN(8, a),
  extend16S: (a: bigint) => BigInt.asIntN(16, a),
  extend32S: (a: bigint) => BigInt.asIntN(32, a),
};

const i64Compare = {
  eq: (a: bigint, b: bigint) => bit(a === b),
  ne: (a: bigint, b: bigint) => bit(a !== b),
  ltS: (a: bigint, b: bigint) => bit(a < b),
  ltU: (a: bigint, b: bigint) => bit(u64(a) < u64(b)),
  gtS: (a: bigint, b: bigint) => bit(a > b),
  gtU: (a: bigint, b: bigint) => bit(u64(a) > u64(b)),
  leS: (a: bigint, b: bigint) => bit(a <= b),
  leU: (a: bigint, b: bigint) => bit(u64(a) <= u64(b)),
  geS: (a: bigint, b: bigint) => bit(a >= b),
  geU: (a: bigint, b: bigint) => bit(u64(a) >= u64(b)),
};

const i64Binary = {
  add: (a: bigint, b: bigint) => s64(a + b),
  sub: (a: bigint, b: bigint) => s64(a - b),
  mul: (a: bigint, b: bigint) => s64(a * b),
  divS: (a: bigint, b: bigint) => (b === 0n || (a === S64[0] && b === -1n) ? trap() : a / b),
  divU: (a: bigint, b: bigint) => (b === 0n ? trap() : s64(u64(a) / u64(b))),
  remS: (a: bigint, b: bigint) => (b === 0n ? trap() : a % b),
  remU: (a: bigint, b: bigint) => (b === 0n ? trap() : s64(u64(a) % u64(b))),
  and: (a: bigint, b: bigint) => a & b,
  or: (a: bigint, b: bigint) => a | b,
  xor: (a: bigint, b: bigint) => a ^ b,
  shl: (a: bigint, b: bigint) => s64(a << (b & 63n)),
  shrS: (a: bigint, b: bigint) => a >> (b & 63n),
  shrU: (a: bigint, b: bigint) => s64(u64(a) >> (b & 63n)),
  rotl: (a: bigint, b: bigint) => s64((u64(a) << (b & 63n)) | (u64(a) >> (64n - (b & 63n)))),
  rotr: (a: bigint, b: bigint) => s64((u64(a) >> (b & 63n)) | (u64(a) << (64n - (b & 63n)))),
};

const floatCompare = {
  eq: (a: number, b: number) => bit(a === b),
  ne: (a: number, b: number) => bit(a !== b),
  lt: (a: number, b: number) => bit(a < b),
  gt: (a: number, b: number) => bit(a > b),
  le: (a: number, b: number) => bit(a <= b),
  ge: (a: number, b: number) => bit(a >= b),
};

/** Exact in both precisions once the result is rounded by `round`. */
const floatArithmetic = (round: (x: number) => number) => ({
  abs: (a: number) => Math.abs(a),
  neg: (a: number) => -a,
  ceil: (a: number) => Math.ceil(a),
  floor: (a: number) => Math.floor(a),
  trunc: (a: number) => Math.trunc(a),
  nearest,
  sqrt: (a: number) => round(Math.sqrt(a)),
  add: (a: number, b: number) => round(a + b),
  sub: (a: number, b: number) => round(a - b),
  mul: (a: number, b: number) => round(a * b),
  div: (a: number, b: number) => round(a / b),
  min: (a: number, b: number) => Math.min(a, b),
  max: (a: number, b: number) => Math.max(a, b),
  copysign,
});

describe('scalar instructions', () => {
  compare(i32, 'i32', 'i32', { ...i32Unary, ...i32Binary });
  compare(i64, 'i64', 'i64', { ...i64Unary, ...i64Binary });
  compare(i64, 'i64', 'i32', { eqz: (a: bigint) => bit(a === 0n), ...i64Compare });
  compare(f32, 'f32', 'f32', floatArithmetic(Math.fround));
  compare(
    f64,
    'f64',
    'f64',
    floatArithmetic((x) => x),
  );
  compare(f32, 'f32', 'i32', floatCompare);
  compare(f64, 'f64', 'i32', floatCompare);
});

describe('scalar conversions', () => {
  compare(i32, 'i64', 'i32', { wrapI64: (a: bigint) => Number(BigInt.asIntN(32, a)) });
  compare(i64, 'i32', 'i64', {
    extendI32S: (a: number) => BigInt(a),
    extendI32U: (a: number) => BigInt(u32(a)),
  });
  for (const [type, name] of [
    ['f32', 'F32'],
    ['f64', 'F64'],
  ] as const) {
    compare(i32, type, 'i32', {
      [`trunc${name}S`]: toI32(truncate, S32),
      [`trunc${name}U`]: toI32(truncate, U32),
      [`truncSat${name}S`]: toI32(saturate, S32),
      [`truncSat${name}U`]: toI32(saturate, U32),
    });
    compare(i64, type, 'i64', {
      [`trunc${name}S`]: toI64(truncate, S64),
      [`trunc${name}U`]: toI64(truncate, U64),
      [`truncSat${name}S`]: toI64(saturate, S64),
      [`truncSat${name}U`]: toI64(saturate, U64),
    });
  }
  const fromI32 = (round: (x: number) => number) => ({
    convertI32S: (a: number) => round(a),
    convertI32U: (a: number) => round(u32(a)),
  });
  compare(f32, 'i32', 'f32', fromI32(Math.fround));
  compare(
    f64,
    'i32',
    'f64',
    fromI32((x) => x),
  );
  compare(f32, 'i64', 'f32', {
    convertI64S: (a: bigint) => Math.fround(Number(a)),
    convertI64U: (a: bigint) => Math.fround(Number(u64(a))),
  });
  compare(f64, 'i64', 'f64', {
    convertI64S: (a: bigint) => Number(a),
    convertI64U: (a: bigint) => Number(u64(a)),
  });
  compare(f32, 'f64', 'f32', { demoteF64: (a: number) => Math.fround(a) });
  compare(f64, 'f32', 'f64', { promoteF32: (a: number) => a });
  compare(i32, 'f32', 'i32', { reinterpretF32: bitsOfF32 });
  compare(i64, 'f64', 'i64', { reinterpretF64: bitsOfF64 });
  compare(f32, 'i32', 'f32', { reinterpretI32: f32OfBits });
  compare(f64, 'i64', 'f64', { reinterpretI64: f64OfBits });
});

describe('scalar constants', () => {
  const value = (type: keyof typeof SAMPLES, code: Code) => scalarFunction([], type, () => code).run();

  it('keep every bit', () => {
    for (const x of [...I32, 63, 64, -64, -65, 8191, 8192]) expect(value('i32', i32.const(x))).toBe(x);
    expect(value('i32', i32.const(0xffff_fffe))).toBe(-2);
    for (const x of [...I64, 63n, 64n, -64n, -65n]) expect(value('i64', i64.const(x))).toBe(x);
    for (const x of F32) expect(value('f32', f32.const(x))).toBe(x);
    for (const x of F64) expect(value('f64', f64.const(x))).toBe(x);
  });

  it('outside the type are reported as a bug', () => {
    expect(() => i32.const(2 ** 32)).toThrow('immediate 4294967296 is not an i32');
    expect(() => i32.const(0.5)).toThrow('immediate 0.5 is not an i32');
    expect(() => i32.load(i32.const(0), -4)).toThrow('immediate -4 is not a u32');
  });
});
