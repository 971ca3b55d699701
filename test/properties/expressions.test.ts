import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as a from '../../src/index.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { type DType, isFloat } from '../../src/util/dtypes.ts';
import { expectAgreement } from './backends.ts';
import { randomInputs, shape } from './random-values.ts';

/** y as something that broadcasts to the shape of x: itself, or one number made of it. */
function fitting(x: Tensor, y: Tensor): Tensor {
  const offset = x.rank - y.rank;
  const fits = offset >= 0 && y.shape.every((extent, i) => extent === 1 || extent === x.shape[i + offset]);
  if (fits) return y;
  if (y.size === 0) return a.zeros([], y.dtype);
  return isFloat(y.dtype) ? a.mean(y) : a.max(y);
}

const axisOf = (x: Tensor, choice: number) => (x.rank === 0 ? 0 : choice % x.rank);

/** Two floats to one, bounded and smooth, so that roundings stay small through chains of them. */
const FLOAT_STEPS: Readonly<Record<string, (x: Tensor, y: Tensor, choice: number) => Tensor>> = {
  add: (x, y) => a.mul(a.add(x, y), 0.5),
  sub: (x, y) => a.mul(a.sub(x, y), 0.5),
  mul: (x, y) => a.mul(x, a.tanh(y)),
  div: (x, y) => a.div(x, a.add(a.square(y), 1)),
  maximum: (x, y) => a.maximum(x, y),
  sin: (x) => a.sin(x),
  sigmoid: (x) => a.sigmoid(x),
  exp: (x) => a.exp(a.neg(a.abs(x))),
  log: (x) => a.log(a.add(a.abs(x), 1)),
  where: (x, y) => a.where(a.greater(a.add(a.square(x), 1), 0), y, x),
  softmax: (x, _, choice) => (x.rank > 0 && x.size > 0 ? a.softmax(x, { axis: axisOf(x, choice) }) : x),
  mean: (x, _, choice) =>
    x.rank > 0 && x.size > 0 ? a.mean(x, { axis: axisOf(x, choice), keepDims: choice > 4 }) : x,
  max: (x, _, choice) =>
    x.rank > 0 && x.size > 0 ? a.max(x, { axis: axisOf(x, choice), keepDims: choice > 4 }) : x,
  'square mean': (x, y) => (x.size > 0 ? a.mul(a.mean(a.square(x)), y) : y),
  cumsum: (x, _, choice) => (x.rank > 0 ? a.mul(a.cumsum(x, axisOf(x, choice)), 1 / Math.max(1, x.size)) : x),
  transpose: (x) => a.transpose(x),
  flip: (x) => a.flip(x),
  slice: (x, _, choice) =>
    x.rank > 0 ? a.at(x, ...x.shape.map((): a.Index => [choice % 2, null, (choice % 3) + 1])) : x,
  pad: (x, _, choice) =>
    a.pad(
      x,
      x.shape.map((): [number, number] => [choice % 3, choice % 2]),
    ),
  flatten: (x) => a.flatten(x),
  concat: (x, y, choice) => {
    const axis = axisOf(x, choice);
    return x.rank === 0 ? a.stack([x, a.mean(y)]) : a.concat([x, a.flip(x, axis), x], axis);
  },
  // places are computed, too: tensors from outside belong to one backend
  take: (x, _, choice) => {
    const extent = x.shape[0] ?? 0;
    return extent > 0 ? a.take(x, a.mod(a.mul(a.arange(3), choice + 1), extent)) : x;
  },
  gram: (x) =>
    x.rank === 2 && x.size > 0 && x.size < 5000
      ? a.mul(a.matmul(x, a.transpose(x)), 1 / (x.shape[1] as number))
      : x,
  outer: (x) => (x.rank === 1 && x.size < 40 ? a.outer(x, a.cos(x)) : x),
};

/** Two integers to one, exactly. */
const INTEGER_STEPS: typeof FLOAT_STEPS = {
  add: (x, y) => a.add(x, y),
  sub: (x, y) => a.sub(x, y),
  mul: (x, y) => a.mul(x, y),
  neg: (x) => a.neg(x),
  abs: (x) => a.abs(x),
  floorDiv: (x, y) => a.floorDiv(x, y),
  mod: (x, y) => a.mod(x, y),
  and: (x, y) => a.bitwiseAnd(x, y),
  or: (x, y) => a.bitwiseOr(x, y),
  xor: (x, y) => a.bitwiseXor(x, y),
  not: (x) => a.bitwiseNot(x),
  left: (x, y) => a.leftShift(x, a.bitwiseAnd(y, 31)),
  right: (x, y) => a.rightShift(x, a.bitwiseAnd(y, 31)),
  maximum: (x, y) => a.maximum(x, y),
  minimum: (x, y) => a.minimum(x, y),
  compare: (x, y) => a.where(a.less(x, y), a.sub(x, 1), y),
  sum: (x, _, choice) => (x.rank > 0 ? a.sum(x, { axis: axisOf(x, choice), keepDims: true }) : x),
  cumsum: (x, _, choice) => (x.rank > 0 ? a.cumsum(x, axisOf(x, choice)) : x),
  max: (x, _, choice) => (x.rank > 0 && x.size > 0 ? a.max(x, { axis: axisOf(x, choice) }) : x),
  argmax: (x, _, choice) => (x.rank > 0 && x.size > 0 ? a.argmax(x, axisOf(x, choice)) : x),
  sort: (x, _, choice) => (x.rank > 0 ? a.sort(x, axisOf(x, choice)) : x),
  transpose: (x) => a.transpose(x),
  byte: (x) => a.cast(a.cast(x, 'uint8'), 'int32'),
};

interface Instruction {
  readonly step: string;
  readonly left: number;
  readonly right: number;
  readonly choice: number;
}

function programs(steps: typeof FLOAT_STEPS): fc.Arbitrary<Instruction[]> {
  const instruction = fc.record({
    step: fc.constantFrom(...Object.keys(steps)),
    left: fc.nat(20),
    right: fc.nat(20),
    choice: fc.nat(8),
  });
  return fc.array(instruction, { minLength: 3, maxLength: 14 });
}

const pick = (values: readonly Tensor[], place: number) => values[place % values.length] as Tensor;

/** Values stay small enough for a test, however tiles and outer products multiply. */
const LARGEST = 40_000;

/** Runs a program on all backends; the last three results are wanted, so that kernels have several outputs. */
function check(
  steps: typeof FLOAT_STEPS,
  instructions: readonly Instruction[],
  shapes: readonly (readonly number[])[],
  dtype: DType,
  seed: number,
): void {
  const specs = shapes.map((one) => ({ shape: one, dtype }));
  const { nodes, values } = randomInputs(specs, seed, isFloat(dtype) ? [-2, 2] : [-1000, 1000]);
  const results = nodes.map((node) => new Tensor(node));
  for (const { step, left, right, choice } of instructions) {
    const x = pick(results, Math.max(0, results.length - 1 - (left % 3)));
    const y = pick(results, right);
    const next = steps[step]?.(x, fitting(x, y), choice);
    if (next && next.size <= LARGEST) results.push(next);
  }
  expectAgreement(nodes, [...new Set(results.slice(-3).map(({ node }) => node))], values);
}

const inputs = fc.array(shape, { minLength: 1, maxLength: 3 });

describe('random expressions, compiled as one program', () => {
  it.each(['float32', 'float64'] as const)(
    'of %s agree with the reference on one to three threads',
    (dtype) => {
      fc.assert(
        fc.property(programs(FLOAT_STEPS), inputs, fc.nat(30), (instructions, shapes, seed) =>
          check(FLOAT_STEPS, instructions, shapes, dtype, seed),
        ),
        { seed: 11, numRuns: 150 },
      );
    },
  );

  it('of integers agree exactly', () => {
    fc.assert(
      fc.property(programs(INTEGER_STEPS), inputs, fc.nat(30), (instructions, shapes, seed) =>
        check(INTEGER_STEPS, instructions, shapes, 'int32', seed),
      ),
      { seed: 13, numRuns: 150 },
    );
  });

  it('are of some variety', () => {
    for (const steps of [FLOAT_STEPS, INTEGER_STEPS]) {
      const drawn = fc.sample(programs(steps), { seed: 11, numRuns: 150 }).flat();
      expect(new Set(drawn.map(({ step }) => step)).size).toBe(Object.keys(steps).length);
    }
  });
});
