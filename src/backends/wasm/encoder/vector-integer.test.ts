import { describe, expect, it } from 'vitest';
import { vectorFunction } from '../../../../test/support/run-wasm.ts';
import { type Code, f32x4, f64x2, i8x16, i16x8, i32, i32x4, i64, i64x2 } from './index.ts';

type Instruction = (...operands: readonly Code[]) => Code;
type Lane = (a: bigint, b: bigint) => bigint;

/** Bytes with every sign and size of lane among them. */
const A = Uint8Array.of(0, 1, 127, 128, 255, 200, 3, 64, 9, 255, 255, 255, 250, 17, 0, 128);
const B = Uint8Array.of(5, 1, 128, 127, 255, 100, 250, 66, 7, 0, 0, 0, 250, 18, 255, 127);

/** Lanes of `bits` bits as signed numbers. */
function lanesOf(bytes: Uint8Array<ArrayBuffer>, bits: number): bigint[] {
  const view = new DataView(bytes.buffer);
  return Array.from({ length: 128 / bits }, (_, lane) => {
    let value = 0n;
    for (let byte = bits / 8 - 1; byte >= 0; byte--)
      value = (value << 8n) | BigInt(view.getUint8((lane * bits) / 8 + byte));
    return BigInt.asIntN(bits, value);
  });
}

const clamp = (x: bigint, low: bigint, high: bigint) => (x < low ? low : x > high ? high : x);
const mask = (condition: boolean) => (condition ? -1n : 0n);
const absolute = (x: bigint) => (x < 0n ? -x : x);
const larger = (a: bigint, b: bigint) => (a > b ? a : b);
const smaller = (a: bigint, b: bigint) => (a < b ? a : b);

/** Every lane-by-lane instruction of the integer vectors, as far as a lane width has it. */
function laneReferences(bits: number): Readonly<Record<string, Lane>> {
  const u = (x: bigint) => BigInt.asUintN(bits, x);
  const half = 2n ** BigInt(bits - 1);
  const signed = (x: bigint) => clamp(x, -half, half - 1n);
  const unsigned = (x: bigint) => clamp(x, 0n, 2n * half - 1n);
  return {
    abs: absolute,
    neg: (a) => -a,
    popcnt: (a) => BigInt(u(a).toString(2).replaceAll('0', '').length),
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: (a, b) => a * b,
    addSatS: (a, b) => signed(a + b),
    addSatU: (a, b) => unsigned(u(a) + u(b)),
    subSatS: (a, b) => signed(a - b),
    subSatU: (a, b) => unsigned(u(a) - u(b)),
    minS: smaller,
    minU: (a, b) => smaller(u(a), u(b)),
    maxS: larger,
    maxU: (a, b) => larger(u(a), u(b)),
    avgrU: (a, b) => (u(a) + u(b) + 1n) / 2n,
    q15mulrSatS: (a, b) => signed((a * b + 0x4000n) >> 15n),
    eq: (a, b) => mask(a === b),
    ne: (a, b) => mask(a !== b),
    ltS: (a, b) => mask(a < b),
    ltU: (a, b) => mask(u(a) < u(b)),
    gtS: (a, b) => mask(a > b),
    gtU: (a, b) => mask(u(a) > u(b)),
    leS: (a, b) => mask(a <= b),
    leU: (a, b) => mask(u(a) <= u(b)),
    geS: (a, b) => mask(a >= b),
    geU: (a, b) => mask(u(a) >= u(b)),
  };
}

const VECTORS = [
  { name: 'i8x16', bits: 8, vector: i8x16 as Readonly<Record<string, unknown>> },
  { name: 'i16x8', bits: 16, vector: i16x8 as Readonly<Record<string, unknown>> },
  { name: 'i32x4', bits: 32, vector: i32x4 as Readonly<Record<string, unknown>> },
  { name: 'i64x2', bits: 64, vector: i64x2 as Readonly<Record<string, unknown>> },
];

describe.each(VECTORS)('$name', ({ bits, vector }) => {
  const cases = Object.entries(laneReferences(bits)).filter(([name]) => name in vector);

  it.each(cases)('%s', (name, reference) => {
    const run = vectorFunction(reference.length, vector[name] as Instruction);
    const [a, b] = [lanesOf(A, bits), lanesOf(B, bits)];
    const expected = a.map((x, lane) => BigInt.asIntN(bits, reference(x, b[lane] ?? 0n)));
    expect(lanesOf(run(...[A, B].slice(0, reference.length)), bits)).toEqual(expected);
  });

  it('shl, shrS, shrU', () => {
    const shift = (name: string) =>
      lanesOf(vectorFunction(1, (a) => (vector[name] as Instruction)(a ?? 0, i32.const(3)))(A), bits);
    const lanes = lanesOf(A, bits);
    expect(shift('shl')).toEqual(lanes.map((x) => BigInt.asIntN(bits, x << 3n)));
    expect(shift('shrS')).toEqual(lanes.map((x) => x >> 3n));
    expect(shift('shrU')).toEqual(lanes.map((x) => BigInt.asUintN(bits, x) >> 3n));
  });

  it('allTrue, bitmask', () => {
    const truth = (name: string, bytes: Uint8Array<ArrayBuffer>) => {
      const run = vectorFunction(1, (a) => i32x4.splat((vector[name] as Instruction)(a ?? 0)));
      return lanesOf(run(bytes), 32)[0];
    };
    const signs = lanesOf(A, bits).reduce((sum, x, lane) => sum + (x < 0n ? 2n ** BigInt(lane) : 0n), 0n);
    expect(truth('bitmask', A)).toBe(signs);
    expect(truth('allTrue', new Uint8Array(16).fill(1))).toBe(1n);
    expect(truth('allTrue', new Uint8Array(16).fill(1, bits / 8))).toBe(0n);
  });

  it('relaxedLaneselect with full masks', () => {
    const run = vectorFunction(3, vector.relaxedLaneselect as Instruction);
    const choice = new Uint8Array(16).fill(255, 8);
    expect(run(A, B, choice)).toEqual(Uint8Array.of(...B.slice(0, 8), ...A.slice(8)));
  });
});

/** Widening instructions by lane width: source lanes, first source lane, whether they count as signed. */
const halves = [
  { half: 'Low', first: 0 },
  { half: 'High', first: 1 },
].flatMap((half) => [
  { ...half, sign: 'S', convert: BigInt.asIntN },
  { ...half, sign: 'U', convert: BigInt.asUintN },
]);

describe.each([
  { name: 'i16x8', bits: 16, source: 'I8x16', vector: i16x8 as Readonly<Record<string, unknown>> },
  { name: 'i32x4', bits: 32, source: 'I16x8', vector: i32x4 as Readonly<Record<string, unknown>> },
  { name: 'i64x2', bits: 64, source: 'I32x4', vector: i64x2 as Readonly<Record<string, unknown>> },
])('$name from $source', ({ bits, source, vector }) => {
  const narrow = bits / 2;
  const count = 128 / bits;

  it.each(halves)('extend$half, extmul$half $sign', ({ half, first, sign, convert }) => {
    const pick = (bytes: Uint8Array<ArrayBuffer>) =>
      lanesOf(bytes, narrow)
        .slice(first * count, (first + 1) * count)
        .map((x) => convert(narrow, x));
    const [a, b] = [pick(A), pick(B)];
    const extend = vectorFunction(1, vector[`extend${half}${source}${sign}`] as Instruction);
    expect(lanesOf(extend(A), bits)).toEqual(a);
    const multiply = vectorFunction(2, vector[`extmul${half}${source}${sign}`] as Instruction);
    const products = a.map((x, lane) => BigInt.asIntN(bits, x * (b[lane] ?? 0n)));
    expect(lanesOf(multiply(A, B), bits)).toEqual(products);
  });

  const pairwise = bits === 64 ? [] : halves.slice(0, 2); // two 64-bit lanes have no such instruction
  it.each(pairwise)('extaddPairwise $sign', ({ sign, convert }) => {
    const run = vectorFunction(1, vector[`extaddPairwise${source}${sign}`] as Instruction);
    const lanes = lanesOf(A, narrow).map((x) => convert(narrow, x));
    const sums = Array.from(
      { length: count },
      (_, lane) => (lanes[2 * lane] ?? 0n) + (lanes[2 * lane + 1] ?? 0n),
    );
    expect(lanesOf(run(A), bits)).toEqual(sums);
  });
});

describe('integer lanes', () => {
  const lanes = (bits: number, code: Code) => lanesOf(vectorFunction(0, () => code)(), bits).map(Number);

  it('are filled, picked and replaced', () => {
    const bytes = i8x16.const(...A);
    expect(lanes(8, i8x16.splat(i32.const(-3)))).toEqual(Array(16).fill(-3));
    expect(lanes(16, i16x8.splat(i32.const(-3)))).toEqual(Array(8).fill(-3));
    expect(lanes(64, i64x2.splat(i64.const(-3n)))).toEqual([-3, -3]);
    expect(lanes(16, i16x8.const(1, -2, 3, -4, 5, -6, 7, 65_535))).toEqual([1, -2, 3, -4, 5, -6, 7, -1]);
    expect(lanes(64, i64x2.const(-1n, 5n))).toEqual([-1, 5]);
    expect(lanes(32, i32x4.splat(i8x16.extractLaneS(bytes, 4)))[0]).toBe(-1);
    expect(lanes(32, i32x4.splat(i8x16.extractLaneU(bytes, 4)))[0]).toBe(255);
    expect(lanes(32, i32x4.splat(i16x8.extractLaneS(bytes, 1)))[0]).toBe(-32_641);
    expect(lanes(32, i32x4.splat(i16x8.extractLaneU(bytes, 1)))[0]).toBe(0x807f);
    expect(lanes(32, i32x4.splat(i32x4.extractLane(i32x4.const(1, 2, 3, 4), 3)))[0]).toBe(4);
    expect(lanes(64, i64x2.splat(i64x2.extractLane(i64x2.const(7n, 8n), 1)))[0]).toBe(8);
    expect(lanes(8, i8x16.replaceLane(bytes, 0, i32.const(77)))[0]).toBe(77);
    expect(lanes(16, i16x8.replaceLane(bytes, 7, i32.const(77)))[7]).toBe(77);
    expect(lanes(32, i32x4.replaceLane(bytes, 1, i32.const(77)))[1]).toBe(77);
    expect(lanes(64, i64x2.replaceLane(bytes, 1, i64.const(77n)))[1]).toBe(77);
  });

  it('are shuffled', () => {
    const [a, b] = [i8x16.const(...A), i8x16.const(...B)];
    const reversed = Array.from({ length: 16 }, (_, lane) => 31 - lane);
    expect(lanes(8, i8x16.shuffle(a, b, reversed))).toEqual(lanesOf(B, 8).map(Number).reverse());
    expect(lanes(32, i32x4.shuffle(i32x4.const(0, 1, 2, 3), i32x4.const(4, 5, 6, 7), [6, 1, 1, 4]))).toEqual([
      6, 1, 1, 4,
    ]);
    const picks = i8x16.const(2, 99, ...Array<number>(14).fill(0));
    expect(lanes(8, i8x16.swizzle(a, picks)).slice(0, 3)).toEqual([127, 0, 0]);
    expect(lanes(8, i8x16.relaxedSwizzle(a, i8x16.const(...Array<number>(16).fill(2))))).toEqual(
      Array(16).fill(127),
    );
  });

  it('are narrowed, multiplied in pairs and converted', () => {
    const words = i16x8.const(300, -300, 5, -5, 127, 128, -128, -129);
    const signed = [127, -128, 5, -5, 127, 127, -128, -128];
    const unsigned = [-1, 0, 5, 0, 127, -128, 0, 0];
    expect(lanes(8, i8x16.narrowI16x8S(words, words))).toEqual([...signed, ...signed]);
    expect(lanes(8, i8x16.narrowI16x8U(words, words))).toEqual([...unsigned, ...unsigned]);
    const wide = i32x4.const(70_000, -70_000, 1, -1);
    expect(lanes(16, i16x8.narrowI32x4S(wide, wide)).slice(0, 4)).toEqual([32_767, -32_768, 1, -1]);
    expect(lanes(16, i16x8.narrowI32x4U(wide, wide)).slice(0, 4)).toEqual([-1, 0, 1, 0]);
    expect(lanes(32, i32x4.dotI16x8S(words, words))).toEqual([180_000, 50, 32_513, 33_025]);
    const floats = f32x4.const(1.9, -1.9, 3e9, Number.NaN);
    expect(lanes(32, i32x4.truncSatF32x4S(floats))).toEqual([1, -1, 2 ** 31 - 1, 0]);
    expect(lanes(32, i32x4.truncSatF32x4U(floats))).toEqual([1, 0, 3e9 | 0, 0]);
    const doubles = f64x2.const(-1.9, 3e9);
    expect(lanes(32, i32x4.truncSatF64x2SZero(doubles))).toEqual([-1, 2 ** 31 - 1, 0, 0]);
    expect(lanes(32, i32x4.truncSatF64x2UZero(doubles))).toEqual([0, 3e9 | 0, 0, 0]);
    const small = f32x4.const(1.9, 2.1, 100, 7);
    expect(lanes(32, i32x4.relaxedTruncF32x4S(small))).toEqual([1, 2, 100, 7]);
    expect(lanes(32, i32x4.relaxedTruncF32x4U(small))).toEqual([1, 2, 100, 7]);
    expect(lanes(32, i32x4.relaxedTruncF64x2SZero(f64x2.const(1.9, 7)))).toEqual([1, 7, 0, 0]);
    expect(lanes(32, i32x4.relaxedTruncF64x2UZero(f64x2.const(1.9, 7)))).toEqual([1, 7, 0, 0]);
  });
});
