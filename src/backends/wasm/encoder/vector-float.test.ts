import { describe, expect, it } from 'vitest';
import { vectorFunction } from '../../../../test/support/run-wasm.ts';
import { type Code, f32, f32x4, f64, f64x2, i32, i32x4 } from './index.ts';

type Lane = (...lanes: readonly number[]) => number;
type Instruction = (...operands: readonly Code[]) => Code;
type Floats = Float32ArrayConstructor | Float64ArrayConstructor;

const A = [1.5, -2.5, 3e9, Number.NaN, -0, 0.49, -7.75, 1e10];
const B = [-0.5, 2.5, 7, 1, 0, -0.51, 2, Number.POSITIVE_INFINITY];
const C = [10, -20, 30, 40, 1, 2, 3, 4];

function halfToEven(x: number): number {
  const floor = Math.floor(x);
  const up = x - floor > 0.5 || (x - floor === 0.5 && floor % 2 !== 0);
  return x < 0 && (up ? floor + 1 : floor) === 0 ? -0 : up ? floor + 1 : floor;
}

/** Unlike Math.min and Math.max, these keep the first operand when neither is smaller. */
const firstIf = (condition: boolean, a: number, b: number) => (condition ? a : b);

const unary: Readonly<Record<string, (a: number) => number>> = {
  abs: Math.abs,
  neg: (a) => -a,
  sqrt: Math.sqrt,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  nearest: (a) => (Object.is(a, -0) || Number.isNaN(a) ? a : halfToEven(a)),
};

const binary: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  pmin: (a, b) => firstIf(!(b < a), a, b),
  pmax: (a, b) => firstIf(!(a < b), a, b),
};

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
  le: (a, b) => a <= b,
  ge: (a, b) => a >= b,
};

/** Exact in float32 and float64 for these samples, so one rounding or two make no difference. */
const multiplyAdd: Readonly<Record<string, (a: number, b: number, c: number) => number>> = {
  relaxedMadd: (a, b, c) => a * b + c,
  relaxedNmadd: (a, b, c) => c - a * b,
};

/** Runs an instruction on all samples, a vector at a time, and compares each lane with `reference`. */
function expectLanes(
  Type: Floats,
  instruction: Instruction,
  reference: Lane,
  samples: readonly (readonly number[])[],
): void {
  const lanes = 16 / Type.BYTES_PER_ELEMENT;
  const run = vectorFunction(samples.length, instruction);
  for (let start = 0; start < A.length; start += lanes) {
    const operands = samples.map((sample) => new Type(sample.slice(start, start + lanes)));
    const expected = new Type(
      Array.from({ length: lanes }, (_, lane) =>
        reference(...operands.map((operand) => operand[lane] ?? Number.NaN)),
      ),
    );
    expect(new Type(run(...operands).buffer)).toEqual(expected);
  }
}

describe.each([
  { name: 'f32x4', vector: f32x4 as Readonly<Record<string, unknown>>, Type: Float32Array, Mask: Int32Array },
  {
    name: 'f64x2',
    vector: f64x2 as Readonly<Record<string, unknown>>,
    Type: Float64Array,
    Mask: BigInt64Array,
  },
])('$name', ({ vector, Type, Mask }) => {
  const instruction = (name: string) => vector[name] as Instruction;

  it.each(Object.entries(unary))('%s', (name, reference) =>
    expectLanes(Type, instruction(name), reference as Lane, [A]),
  );

  it.each(Object.entries(binary))('%s', (name, reference) =>
    expectLanes(Type, instruction(name), reference as Lane, [A, B]),
  );

  it.each(Object.entries(multiplyAdd))('%s', (name, reference) =>
    expectLanes(Type, instruction(name), reference as Lane, [
      C,
      B.map((b) => (Number.isFinite(b) ? b : 1)),
      C,
    ]),
  );

  it.each(Object.entries(compare))('%s', (name, reference) => {
    const lanes = 16 / Type.BYTES_PER_ELEMENT;
    const run = vectorFunction(2, instruction(name));
    for (let start = 0; start < A.length; start += lanes) {
      const [a, b] = [A, B].map((sample) => new Type(sample.slice(start, start + lanes)));
      if (!a || !b) throw new TypeError('two operands');
      const masks = [...new Mask(run(a, b).buffer)].map(Number);
      expect(masks).toEqual([...a].map((x, lane) => (reference(x, b[lane] ?? Number.NaN) ? -1 : 0)));
    }
  });

  it('relaxedMin and relaxedMax of ordinary numbers', () => {
    const positive = B.map(Math.abs);
    expectLanes(Type, instruction('relaxedMin'), Math.min, [C, positive]);
    expectLanes(Type, instruction('relaxedMax'), Math.max, [C, positive]);
  });
});

describe('float lanes', () => {
  const f32s = (build: Instruction, ...operands: readonly number[][]) => [
    ...new Float32Array(
      vectorFunction(operands.length, build)(...operands.map((x) => new Float32Array(x))).buffer,
    ),
  ];
  const f64s = (build: Instruction, ...operands: readonly number[][]) => [
    ...new Float64Array(
      vectorFunction(operands.length, build)(...operands.map((x) => new Float64Array(x))).buffer,
    ),
  ];

  it('are filled, picked, replaced and shuffled', () => {
    expect(f32s(() => f32x4.const(1, -2, 0.5, Number.NaN))).toEqual([1, -2, 0.5, Number.NaN]);
    expect(f64s(() => f64x2.const(Math.PI, -0))).toEqual([Math.PI, -0]);
    expect(f32s(() => f32x4.splat(f32.const(7.5)))).toEqual([7.5, 7.5, 7.5, 7.5]);
    expect(f64s(() => f64x2.splat(f64.const(7.5)))).toEqual([7.5, 7.5]);
    expect(f32s((a) => f32x4.splat(f32x4.extractLane(a ?? 0, 2)), [1, 2, 3, 4])).toEqual([3, 3, 3, 3]);
    expect(f64s((a) => f64x2.splat(f64x2.extractLane(a ?? 0, 1)), [1, 2])).toEqual([2, 2]);
    expect(f32s((a) => f32x4.replaceLane(a ?? 0, 3, f32.const(9)), [1, 2, 3, 4])).toEqual([1, 2, 3, 9]);
    expect(f64s((a) => f64x2.replaceLane(a ?? 0, 0, f64.const(9)), [1, 2])).toEqual([9, 2]);
    expect(f32s((a, b) => f32x4.shuffle(a ?? 0, b ?? 0, [7, 0, 4, 3]), [1, 2, 3, 4], [5, 6, 7, 8])).toEqual([
      8, 1, 5, 4,
    ]);
    expect(f64s((a, b) => f64x2.shuffle(a ?? 0, b ?? 0, [3, 0]), [1, 2], [3, 4])).toEqual([4, 1]);
  });

  it('are converted', () => {
    const int = i32x4.const(1, -2, 3, 0x8000_0000);
    expect(f32s(() => f32x4.convertI32x4S(int))).toEqual([1, -2, 3, -(2 ** 31)]);
    expect(f32s(() => f32x4.convertI32x4U(int))).toEqual([1, 2 ** 32, 3, 2 ** 31]);
    expect(f64s(() => f64x2.convertLowI32x4S(int))).toEqual([1, -2]);
    expect(f64s(() => f64x2.convertLowI32x4U(int))).toEqual([1, 2 ** 32 - 2]);
    expect(f64s(() => f64x2.promoteLowF32x4(f32x4.const(0.5, -3, 1, 1)))).toEqual([0.5, -3]);
    expect(f32s(() => f32x4.demoteF64x2Zero(f64x2.const(0.1, 1e300)))).toEqual([
      Math.fround(0.1),
      Infinity,
      0,
      0,
    ]);
  });

  it('outside the vector are reported as a bug', () => {
    expect(() => f32x4.extractLane(0, 4)).toThrow('lane 4 of 4');
    expect(() => f64x2.shuffle(0, 0, [0])).toThrow('shuffle of 1 lanes where 2 are needed');
    expect(() => i32x4.const(1, 2, 3)).toThrow('3 lanes of 4 bytes are not a vector');
    expect(() => f32x4.splat(i32.const(1.5))).toThrow('immediate 1.5 is not an i32');
  });
});
