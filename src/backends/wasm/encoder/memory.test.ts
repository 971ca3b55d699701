import { describe, expect, it } from 'vitest';
import { scalarFunction, vectorFunction } from '../../../../test/support/run-wasm.ts';
import { atomic, type Code, drop, f32, f64, i8x16, i32, i64, i64x2, memory, v128 } from './index.ts';

const DATA = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 129) & 255);
const data = new DataView(DATA.buffer);
const ADDRESS = 3;
const OFFSET = 2;
const AT = ADDRESS + OFFSET;

function load(type: 'i32' | 'i64' | 'f32' | 'f64', instruction: (address: Code, offset?: number) => Code) {
  const { run, memory: bytes } = scalarFunction(['i32'], type, (address) =>
    instruction(address ?? 0, OFFSET),
  );
  bytes.set(DATA);
  return run(ADDRESS);
}

/** Bytes 0 .. 31 after a statement ran on `DATA`. */
function bytesAfter(statement: Code): number[] {
  const { run, memory: bytes } = scalarFunction([], undefined, () => statement);
  bytes.set(DATA);
  run();
  return [...bytes.slice(0, 32)];
}

function patched(address: number, ...values: readonly number[]): number[] {
  return Array.from(DATA, (byte, index) => values[index - address] ?? byte);
}

describe('scalar memory access', () => {
  it('loads every width at any address', () => {
    expect(load('i32', i32.load)).toBe(data.getInt32(AT, true));
    expect(load('i32', i32.load8S)).toBe(data.getInt8(AT));
    expect(load('i32', i32.load8U)).toBe(data.getUint8(AT));
    expect(load('i32', i32.load16S)).toBe(data.getInt16(AT, true));
    expect(load('i32', i32.load16U)).toBe(data.getUint16(AT, true));
    expect(load('i64', i64.load)).toBe(data.getBigInt64(AT, true));
    expect(load('i64', i64.load8S)).toBe(BigInt(data.getInt8(AT)));
    expect(load('i64', i64.load8U)).toBe(BigInt(data.getUint8(AT)));
    expect(load('i64', i64.load16S)).toBe(BigInt(data.getInt16(AT, true)));
    expect(load('i64', i64.load16U)).toBe(BigInt(data.getUint16(AT, true)));
    expect(load('i64', i64.load32S)).toBe(BigInt(data.getInt32(AT, true)));
    expect(load('i64', i64.load32U)).toBe(BigInt(data.getUint32(AT, true)));
    expect(load('f32', f32.load)).toBe(data.getFloat32(AT, true));
    expect(load('f64', f64.load)).toBe(data.getFloat64(AT, true));
  });

  it('stores every width', () => {
    const address = i32.const(ADDRESS);
    const int = i32.const(0x0403_0201);
    const long = i64.const(0x0807_0605_0403_0201n);
    expect(bytesAfter(i32.store(address, int, OFFSET))).toEqual(patched(AT, 1, 2, 3, 4));
    expect(bytesAfter(i32.store8(address, int, OFFSET))).toEqual(patched(AT, 1));
    expect(bytesAfter(i32.store16(address, int, OFFSET))).toEqual(patched(AT, 1, 2));
    expect(bytesAfter(i64.store(address, long, OFFSET))).toEqual(patched(AT, 1, 2, 3, 4, 5, 6, 7, 8));
    expect(bytesAfter(i64.store8(address, long, OFFSET))).toEqual(patched(AT, 1));
    expect(bytesAfter(i64.store16(address, long, OFFSET))).toEqual(patched(AT, 1, 2));
    expect(bytesAfter(i64.store32(address, long, OFFSET))).toEqual(patched(AT, 1, 2, 3, 4));
    expect(bytesAfter(f32.store(address, f32.const(1), OFFSET))).toEqual(patched(AT, 0, 0, 0x80, 0x3f));
    expect(bytesAfter(f64.store(address, f64.const(1), OFFSET))).toEqual(
      patched(AT, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f),
    );
  });

  it('copies, fills and measures', () => {
    expect(bytesAfter(memory.copy(i32.const(1), i32.const(0), i32.const(3)))).toEqual(
      patched(1, ...DATA.slice(0, 3)),
    );
    expect(bytesAfter(memory.fill(i32.const(4), i32.const(9), i32.const(2)))).toEqual(patched(4, 9, 9));
    expect(scalarFunction([], 'i32', memory.size).run()).toBe(1);
    expect(scalarFunction([], 'i32', () => memory.grow(i32.const(1))).run()).toBe(-1);
  });
});

describe('vector memory access', () => {
  const loaded = (instruction: (address: Code, offset?: number) => Code) => [
    ...vectorFunction(2, () => instruction(i32.const(ADDRESS), OFFSET))(DATA.slice(0, 16), DATA.slice(16)),
  ];
  const repeated = (width: number) => Array.from({ length: 16 }, (_, index) => DATA[AT + (index % width)]);
  const widened = (width: number, sign: (value: number) => number) =>
    Array.from({ length: 8 / width }, (_, lane) => {
      const source = Array.from({ length: width }, (_unused, byte) => DATA[AT + lane * width + byte] ?? 0);
      return [...source, ...Array<number>(width).fill(sign(source.at(-1) ?? 0))];
    }).flat();

  it('loads whole, widened, repeated and zero-filled vectors', () => {
    expect(loaded(v128.load)).toEqual([...DATA.slice(AT, AT + 16)]);
    expect(loaded(v128.load8Splat)).toEqual(repeated(1));
    expect(loaded(v128.load16Splat)).toEqual(repeated(2));
    expect(loaded(v128.load32Splat)).toEqual(repeated(4));
    expect(loaded(v128.load64Splat)).toEqual(repeated(8));
    expect(loaded(v128.load32Zero)).toEqual([...DATA.slice(AT, AT + 4), ...Array<number>(12).fill(0)]);
    expect(loaded(v128.load64Zero)).toEqual([...DATA.slice(AT, AT + 8), ...Array<number>(8).fill(0)]);
    const extend = (top: number) => (top > 127 ? 255 : 0);
    expect(loaded(v128.load8x8S)).toEqual(widened(1, extend));
    expect(loaded(v128.load8x8U)).toEqual(widened(1, () => 0));
    expect(loaded(v128.load16x4S)).toEqual(widened(2, extend));
    expect(loaded(v128.load16x4U)).toEqual(widened(2, () => 0));
    expect(loaded(v128.load32x2S)).toEqual(widened(4, extend));
    expect(loaded(v128.load32x2U)).toEqual(widened(4, () => 0));
  });

  it('stores vectors, and loads and stores single lanes', () => {
    const counting = i8x16.const(...Array.from({ length: 16 }, (_, index) => index + 1));
    const address = i32.const(ADDRESS);
    expect(bytesAfter(v128.store(address, counting, OFFSET)).slice(AT, AT + 16)).toEqual(
      Array.from({ length: 16 }, (_, index) => index + 1),
    );
    expect(bytesAfter(v128.store8Lane(address, counting, 4, OFFSET))).toEqual(patched(AT, 5));
    expect(bytesAfter(v128.store16Lane(address, counting, 1, OFFSET))).toEqual(patched(AT, 3, 4));
    expect(bytesAfter(v128.store32Lane(address, counting, 1, OFFSET))).toEqual(patched(AT, 5, 6, 7, 8));
    expect(bytesAfter(v128.store64Lane(address, counting, 1, OFFSET))).toEqual(
      patched(AT, 9, 10, 11, 12, 13, 14, 15, 16),
    );
    const zero = i64x2.const(0n, 0n);
    for (const [width, access] of [
      [1, v128.load8Lane],
      [2, v128.load16Lane],
      [4, v128.load32Lane],
      [8, v128.load64Lane],
    ] as const) {
      const expected = Array<number>(16).fill(0);
      expected.splice(width, width, ...DATA.slice(AT, AT + width));
      expect(loaded((at, offset) => access(at, zero, 1, offset))).toEqual(expected);
    }
  });

  it('combines bits', () => {
    const [a, b, c] = [Uint8Array.from(DATA.slice(0, 16)), DATA.slice(16), DATA.slice(8, 24)];
    const bytes = (combine: (a: number, b: number, c: number) => number) =>
      a.map((byte, index) => combine(byte, b[index] ?? 0, c[index] ?? 0));
    expect(vectorFunction(2, v128.and as unknown as () => Code)(a, b)).toEqual(bytes((x, y) => x & y));
    expect(vectorFunction(2, v128.or as unknown as () => Code)(a, b)).toEqual(bytes((x, y) => x | y));
    expect(vectorFunction(2, v128.xor as unknown as () => Code)(a, b)).toEqual(bytes((x, y) => x ^ y));
    expect(vectorFunction(2, v128.andnot as unknown as () => Code)(a, b)).toEqual(bytes((x, y) => x & ~y));
    expect(vectorFunction(1, v128.not as unknown as () => Code)(a)).toEqual(bytes((x) => ~x));
    expect(vectorFunction(3, v128.bitselect as unknown as () => Code)(a, b, c)).toEqual(
      bytes((x, y, z) => (x & z) | (y & ~z)),
    );
    const any = (low: bigint) => scalarFunction([], 'i32', () => v128.anyTrue(i64x2.const(low, 0n))).run();
    expect([any(0n), any(1n << 40n)]).toEqual([0, 1]);
  });
});

describe('atomic access', () => {
  const words = (statement: (address: Code) => Code, result: 'i32' | 'i64' = 'i32') => {
    const { run, memory: bytes } = scalarFunction([], result, () => statement(i32.const(8)));
    const view = new DataView(bytes.buffer);
    view.setBigInt64(16, 12n, true);
    return [run(), view.getInt32(16, true)];
  };

  it('reads, combines and writes in one step', () => {
    expect(words((at) => i32.atomicLoad(at, 8))).toEqual([12, 12]);
    expect(words((at) => i32.atomicRmwAdd(at, i32.const(5), 8))).toEqual([12, 17]);
    expect(words((at) => i32.atomicRmwSub(at, i32.const(5), 8))).toEqual([12, 7]);
    expect(words((at) => i32.atomicRmwAnd(at, i32.const(6), 8))).toEqual([12, 4]);
    expect(words((at) => i32.atomicRmwOr(at, i32.const(3), 8))).toEqual([12, 15]);
    expect(words((at) => i32.atomicRmwXor(at, i32.const(5), 8))).toEqual([12, 9]);
    expect(words((at) => i32.atomicRmwXchg(at, i32.const(5), 8))).toEqual([12, 5]);
    expect(words((at) => i32.atomicRmwCmpxchg(at, i32.const(12), i32.const(1), 8))).toEqual([12, 1]);
    expect(words((at) => i32.atomicRmwCmpxchg(at, i32.const(13), i32.const(1), 8))).toEqual([12, 12]);
    expect(words((at) => [i32.atomicStore(at, i32.const(3), 8), atomic.fence(), i32.const(0)])).toEqual([
      0, 3,
    ]);
    expect(words((at) => i64.atomicLoad(at, 8), 'i64')).toEqual([12n, 12]);
    expect(words((at) => i64.atomicRmwAdd(at, i64.const(5n), 8), 'i64')).toEqual([12n, 17]);
    expect(words((at) => i64.atomicRmwCmpxchg(at, i64.const(12n), i64.const(2n), 8), 'i64')).toEqual([
      12n,
      2,
    ]);
    expect(words((at) => [i64.atomicStore(at, i64.const(3n), 8), i32.const(0)])).toEqual([0, 3]);
  });

  it('waits until time is up, not at all for another value, and wakes nobody', () => {
    const wait = (expected: number) => (at: Code) =>
      atomic.wait32(at, i32.const(expected), i64.const(1000n), 8);
    expect(words(wait(12))[0]).toBe(2);
    expect(words(wait(13))[0]).toBe(1);
    expect(words((at) => atomic.notify(at, i32.const(1), 8))[0]).toBe(0);
    expect(words((at) => [drop(i32.const(4)), i32.atomicLoad(at, 8)])[0]).toBe(12);
  });
});
