import type { Node } from '../../src/graph/node.ts';
import { atan2 } from '../../src/primitives/elementwise/arc-tangent.ts';
import { add, cast, div, mul, neg, select, sqrt, sub } from '../../src/primitives/elementwise/arithmetic.ts';
import {
  abs,
  and,
  eq,
  le,
  lt,
  maximum,
  minimum,
  not,
  or,
  relu,
  sign,
  xor,
} from '../../src/primitives/elementwise/compare.ts';
import { erf } from '../../src/primitives/elementwise/error-function.ts';
import { exp, log, sigmoid, tanh } from '../../src/primitives/elementwise/exponential.ts';
import { acosh, asinh, atanh, cosh, sinh } from '../../src/primitives/elementwise/hyperbolic.ts';
import { expm1, log1p } from '../../src/primitives/elementwise/near-one.ts';
import { pow } from '../../src/primitives/elementwise/power.ts';
import { ceil, floor, round } from '../../src/primitives/elementwise/rounding.ts';
import { shiftLeft, shiftRight } from '../../src/primitives/elementwise/shift.ts';
import { cos, sin } from '../../src/primitives/elementwise/trigonometric.ts';
import { hashBits, iota, randomBits } from '../../src/primitives/random.ts';
import type { DType } from '../../src/util/dtypes.ts';
import { at } from '../../src/util/errors.ts';
import { ALL, FLOATS, INTEGERS, NUMBERS, type Sample, type SampleInput } from './sample.ts';

type Range = Pick<SampleInput, 'low' | 'high'>;

const EDGES = [0, -0, 1, -1, 0.5, -2.5, 88, -88, 1e-30, 1e30, -1e30, Infinity, -Infinity, NaN];

/** Shapes with and without a whole number of vectors, a scalar and nothing at all. */
const SHAPES = [[5], [2, 3, 8], [], [0, 3]];

function unary(apply: (x: Node) => Node, dtypes: readonly DType[], range: Range = {}): Sample[] {
  const spread = SHAPES.map(
    (shape): Sample => ({
      label: `[${shape}]`,
      dtypes,
      inputs: [{ shape, ...range }],
      apply: (x) => apply(at(x, 0)),
    }),
  );
  const floats = dtypes.filter((dtype) => FLOATS.includes(dtype));
  if (floats.length === 0) return spread;
  const edges: Sample = {
    label: 'edges',
    dtypes: floats,
    inputs: [{ shape: [EDGES.length], values: EDGES }],
    withoutGradient: 'infinities have no differences',
    apply: (x) => apply(at(x, 0)),
  };
  return [...spread, edges];
}

function binary(
  apply: (a: Node, b: Node) => Node,
  dtypes: readonly DType[],
  a: Range = {},
  b: Range = a,
): Sample[] {
  const both = (x: readonly Node[]) => apply(at(x, 0), at(x, 1));
  const spread = SHAPES.map(
    (shape): Sample => ({
      label: `[${shape}]`,
      dtypes,
      inputs: [
        { shape, ...a },
        { shape, ...b },
      ],
      apply: both,
    }),
  );
  const floats = dtypes.filter((dtype) => FLOATS.includes(dtype));
  const pairs = EDGES.flatMap((left) => EDGES.map((right) => [left, right] as const));
  const edges: Sample = {
    label: 'edges',
    dtypes: floats,
    inputs: [0, 1].map((side) => ({ shape: [pairs.length], values: pairs.map((pair) => pair[side] ?? 0) })),
    withoutGradient: 'infinities have no differences',
    apply: both,
  };
  return floats.length === 0 ? spread : [...spread, edges];
}

const wrap: Sample = {
  label: 'int32 beyond its range',
  dtypes: ['int32'],
  inputs: [
    { shape: [4], values: [2 ** 31 - 1, -(2 ** 31), 123456789, 65536] },
    { shape: [4], values: [1, -1, 987654321, 65536] },
  ],
  apply: ([a, b]) => mul(add(a as Node, b as Node), sub(b as Node, a as Node)),
};

const casts = ALL.map(
  (target): Sample => ({
    label: `to ${target}`,
    dtypes: ALL,
    inputs: [{ shape: [9], low: -3, high: 300 }],
    withoutGradient: 'checked to double precision only; differences of rounded values say nothing',
    apply: ([x]) => cast(x as Node, target),
  }),
);

const bits = (word: 'first' | 'second' | 'both'): Sample => ({
  label: word,
  dtypes: ['int32'],
  inputs: [0, 1].map(() => ({ shape: [3, 7], low: -(2 ** 31), high: 2 ** 31 })),
  apply: ([first, second]) => randomBits(first as Node, second as Node, word),
});

/** Samples of everything that works element by element. */
export const ELEMENTWISE: Readonly<Record<string, readonly Sample[]>> = {
  neg: unary(neg, NUMBERS),
  add: [...binary(add, NUMBERS), wrap],
  sub: binary(sub, NUMBERS),
  mul: binary(mul, NUMBERS),
  div: binary(div, FLOATS, {}, { low: 0.5, high: 2 }),
  sqrt: unary(sqrt, FLOATS, { low: 0.1, high: 4 }),
  pow: binary(pow, FLOATS, { low: 0.2, high: 3 }, { low: -2, high: 2 }).filter(
    ({ label }) => label !== 'edges',
  ),
  cast: [
    ...casts,
    {
      label: 'float64 there and back',
      dtypes: FLOATS,
      inputs: [{ shape: [5] }],
      apply: ([x], dtype) => cast(cast(mul(x as Node, x as Node), 'float64'), dtype),
    },
  ],
  select: [
    {
      label: '[2,3]',
      dtypes: ALL,
      inputs: [{ shape: [2, 3], dtype: 'bool' }, { shape: [2, 3] }, { shape: [2, 3] }],
      apply: ([c, a, b]) => select(c as Node, a as Node, b as Node),
    },
  ],
  eq: [...binary(eq, ALL, { low: -1, high: 1 })],
  lt: binary(lt, NUMBERS),
  le: binary(le, NUMBERS),
  and: binary(and, INTEGERS, { low: -100, high: 100 }),
  or: binary(or, INTEGERS, { low: -100, high: 100 }),
  xor: binary(xor, INTEGERS, { low: -100, high: 100 }),
  not: unary(not, INTEGERS, { low: -100, high: 100 }),
  maximum: binary(maximum, NUMBERS),
  minimum: binary(minimum, NUMBERS),
  relu: unary(relu, NUMBERS),
  abs: unary(abs, NUMBERS),
  sign: unary(sign, NUMBERS),
  exp: unary(exp, FLOATS),
  log: unary(log, FLOATS, { low: 0.1, high: 5 }),
  expm1: unary(expm1, FLOATS),
  log1p: unary(log1p, FLOATS, { low: -0.8, high: 5 }),
  sigmoid: unary(sigmoid, FLOATS),
  tanh: unary(tanh, FLOATS),
  sin: unary(sin, FLOATS, { low: -7, high: 7 }).map(withinRange),
  cos: unary(cos, FLOATS, { low: -7, high: 7 }).map(withinRange),
  erf: unary(erf, FLOATS),
  sinh: unary(sinh, FLOATS),
  cosh: unary(cosh, FLOATS),
  asinh: unary(asinh, FLOATS, { low: -5, high: 5 }),
  acosh: unary(acosh, FLOATS, { low: 1.2, high: 5 }),
  atanh: unary(atanh, FLOATS, { low: -0.9, high: 0.9 }),
  atan2: binary(atan2, FLOATS),
  shiftLeft: binary(shiftLeft, ['int32', 'uint8'], { low: -100, high: 100 }, { low: -3, high: 40 }),
  shiftRight: binary(shiftRight, ['int32', 'uint8'], { low: -100, high: 100 }, { low: -3, high: 40 }),
  floor: unary(floor, FLOATS),
  ceil: unary(ceil, FLOATS),
  round: unary(round, FLOATS),
  iota: [{ label: '11', dtypes: ['int32'], inputs: [], apply: () => iota(11) }],
  randomBits: [bits('first'), bits('second'), bits('both')],
  hashBits: [
    {
      label: '[5]',
      dtypes: ['int32'],
      inputs: [0, 1, 2].map(() => ({ shape: [5], low: -(2 ** 31), high: 2 ** 31 })),
      apply: ([first, second, counter]) => hashBits(first as Node, second as Node, counter as Node, 'both'),
    },
  ],
};

/** Angles beyond what the reduction to a quarter turn resolves have no digits to compare. */
function withinRange(sample: Sample): Sample {
  const inputs = sample.inputs.map((spec) =>
    spec.values ? { ...spec, values: spec.values.map((x) => (Math.abs(x) < 1e6 ? x : Number.NaN)) } : spec,
  );
  return { ...sample, inputs };
}
