import fc from 'fast-check';
import { describe, it } from 'vitest';
import * as a from '../../src/index.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import type { DType } from '../../src/util/dtypes.ts';
import { expectAgreement } from './backends.ts';
import { dtype, floatDType, randomInputs, shape } from './random-values.ts';

type Shape = readonly number[];
type Unary = (x: Tensor) => Tensor;
type Binary = (x: Tensor, y: Tensor) => Tensor;

const RUNS = { seed: 7, numRuns: 12 };

/** Elements stay where all these functions are smooth and finite. */
const SAFE = [0.3, 0.9] as const;
const WIDE = [-100, 300] as const;

const SMOOTH: Readonly<Record<string, Unary>> = {
  ...{ exp: a.exp, log: a.log, expm1: a.expm1, log1p: a.log1p, sqrt: a.sqrt, rsqrt: a.rsqrt, erf: a.erf },
  ...{
    sin: a.sin,
    cos: a.cos,
    tan: a.tan,
    asin: a.asin,
    acos: a.acos,
    atan: a.atan,
    sinh: a.sinh,
    cosh: a.cosh,
  },
  ...{ tanh: a.tanh, asinh: a.asinh, atanh: a.atanh, sigmoid: a.sigmoid, gelu: a.gelu, silu: a.silu },
  ...{
    softplus: a.softplus,
    elu: a.elu,
    erfInv: a.erfInv,
    log2: a.log2,
    exp2: a.exp2,
    reciprocal: a.reciprocal,
  },
};

const EXACT_UNARY: Readonly<Record<string, Unary>> = {
  ...{ neg: a.neg, abs: a.abs, sign: a.sign, square: a.square, floor: a.floor, ceil: a.ceil, round: a.round },
  ...{ trunc: a.trunc, relu: a.relu, signbit: a.signbit, logicalNot: a.logicalNot, isNan: a.isNan },
  ...Object.fromEntries(
    (['float32', 'float64', 'int32', 'uint8', 'bool'] as const).map((to) => [
      `cast to ${to}`,
      (x) => a.cast(x, to),
    ]),
  ),
};

const BINARY: Readonly<Record<string, Binary>> = {
  ...{ add: a.add, sub: a.sub, mul: a.mul, div: a.div, maximum: a.maximum, minimum: a.minimum, mod: a.mod },
  ...{ floorDiv: a.floorDiv, fmod: a.fmod, equal: a.equal, less: a.less, lessEqual: a.lessEqual },
  ...{ logicalAnd: a.logicalAnd, logicalXor: a.logicalXor, copysign: a.copysign, isclose: a.isclose },
};

const INTEGER: Readonly<Record<string, Binary>> = {
  ...{ bitwiseAnd: a.bitwiseAnd, bitwiseOr: a.bitwiseOr, bitwiseXor: a.bitwiseXor },
  ...{ leftShift: a.leftShift, rightShift: a.rightShift },
};

type Reduction = (x: Tensor, options: { axis: readonly number[]; keepDims: boolean }) => Tensor;

const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  ...{ sum: a.sum, prod: a.prod, any: a.any, all: a.all, countNonzero: a.countNonzero, mean: a.mean },
  ...{ variance: a.variance, logsumexp: a.logsumexp, norm: a.norm, max: a.max, min: a.min },
};

const ALONG: Readonly<Record<string, (x: Tensor, axis: number) => Tensor>> = {
  ...{ cumsum: a.cumsum, cumprod: a.cumprod, cummax: a.cummax, logcumsumexp: a.logcumsumexp },
  ...{ sort: a.sort, argsort: a.argsort, argmax: a.argmax, argmin: a.argmin },
  softmax: (x, axis) => a.softmax(x, { axis }),
  flip: (x, axis) => a.flip(x, axis),
  roll: (x, axis) => a.roll(x, 3, axis),
  concat: (x, axis) => a.concat([x, x], axis),
  stack: (x, axis) => a.stack([x, x], axis),
  repeat: (x, axis) => a.repeat(x, 3, axis),
  'every second': (x, axis) =>
    a.at(x, ...x.shape.map((_, i): a.Index => (i === axis ? [null, null, 2] : []))),
  pad: (x, axis) =>
    a.pad(
      x,
      x.shape.map((_, i): [number, number] => (i === axis ? [2, 1] : [0, 0])),
    ),
  transpose: (x) => a.transpose(x),
};

/** Compares a function of tensors of the given shapes on all backends. */
function agree(
  shapes: readonly Shape[],
  types: readonly DType[],
  seed: number,
  range: readonly [number, number],
  f: (...inputs: Tensor[]) => Tensor,
): void {
  const specs = shapes.map((one, i) => ({ shape: one, dtype: types[i] as DType }));
  const { nodes, values } = randomInputs(specs, seed, range);
  expectAgreement(nodes, [f(...nodes.map((node) => new Tensor(node))).node], values);
}

/** A shape that broadcasts with the given one: some axes of extent 1, some leading ones gone. */
function relative(whole: Shape, mask: number): Shape {
  return whole
    .map((extent, axis) => ((mask >> axis) & 1 ? 1 : extent))
    .slice((mask >> 5) % (whole.length + 1));
}

const filled: fc.Arbitrary<number[]> = shape.filter((extents) => !extents.some((extent) => extent === 0));
const withAxis = filled.filter((extents) => extents.length > 0);

describe('random shapes and dtypes agree with the reference', () => {
  it.each(Object.entries(SMOOTH))('%s', (_name, f) => {
    fc.assert(
      fc.property(shape, floatDType, fc.nat(30), (s, t, seed) =>
        agree([s], [t], seed, SAFE, f as (...x: Tensor[]) => Tensor),
      ),
      RUNS,
    );
  });

  it.each(Object.entries(EXACT_UNARY))('%s', (_name, f) => {
    fc.assert(
      fc.property(shape, dtype, fc.nat(30), (s, t, seed) =>
        agree([s], [t], seed, WIDE, f as (...x: Tensor[]) => Tensor),
      ),
      RUNS,
    );
  });

  it.each(Object.entries(BINARY))('%s, broadcast', (_name, f) => {
    fc.assert(
      fc.property(shape, fc.nat(255), dtype, dtype, fc.nat(30), (s, mask, t, u, seed) =>
        agree([s, relative(s, mask)], [t, u], seed, [-20, 40], f as (...x: Tensor[]) => Tensor),
      ),
      RUNS,
    );
  });

  it.each(Object.entries(INTEGER))('%s, broadcast', (_name, f) => {
    const integer = fc.constantFrom<DType>('int32', 'uint8');
    fc.assert(
      fc.property(shape, fc.nat(255), integer, integer, fc.nat(30), (s, mask, t, u, seed) =>
        agree([s, relative(s, mask)], [t, u], seed, [-40, 40], f as (...x: Tensor[]) => Tensor),
      ),
      RUNS,
    );
  });

  it.each(Object.entries(REDUCTIONS))('%s', (_name, f) => {
    const options = fc.tuple(fc.nat(15), fc.boolean());
    fc.assert(
      fc.property(filled, dtype, options, fc.nat(30), (s, t, [mask, keepDims], seed) => {
        const axis = s.flatMap((_, i) => ((mask >> i) & 1 ? [i - s.length] : []));
        agree([s], [t], seed, SAFE, (x) => f(x as Tensor, { axis, keepDims }));
      }),
      RUNS,
    );
  });

  it.each(Object.entries(ALONG))('%s', (_name, f) => {
    fc.assert(
      fc.property(withAxis, floatDType, fc.nat(3), fc.nat(30), (s, t, axis, seed) =>
        agree([s], [t], seed, SAFE, (x) => f(x as Tensor, axis % s.length)),
      ),
      RUNS,
    );
  });

  it('matmul', () => {
    const size = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
        size,
        size,
        size,
        floatDType,
        (batch, m, k, n, t) =>
          agree(
            [
              [...batch, m, k],
              [k, n],
            ],
            [t, t],
            m,
            SAFE,
            a.matmul as (...x: Tensor[]) => Tensor,
          ),
      ),
      { ...RUNS, numRuns: 40 },
    );
  });

  it('conv2d', () => {
    const few = fc.integer({ min: 1, max: 4 });
    const geometry = fc.record({
      height: fc.integer({ min: 4, max: 12 }),
      width: fc.integer({ min: 4, max: 12 }),
      window: few,
      stride: few,
      channels: few,
      filters: few,
    });
    fc.assert(
      fc.property(geometry, fc.constantFrom('same' as const, 'valid' as const), floatDType, (g, padding, t) =>
        agree(
          [
            [2, g.height, g.width, g.channels],
            [g.window, g.window, g.channels, g.filters],
          ],
          [t, t],
          g.height,
          SAFE,
          (x, kernel) => a.conv2d(x as Tensor, kernel as Tensor, { padding, strides: g.stride }),
        ),
      ),
      { ...RUNS, numRuns: 40 },
    );
  });
});
