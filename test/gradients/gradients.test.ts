import { afterAll, describe, expect, it } from 'vitest';
import { add, jit, mul, sum, type Tensor, tensor, zerosLike } from '../../src/index.ts';
import { gradients } from '../../src/tensor/gradient.ts';
import { at } from '../../src/util/errors.ts';
import { sizeOf } from '../../src/util/shapes.ts';
import { spread } from '../matrix/sample.ts';
import { GRADIENT_TOLERANCE } from '../support/tolerances.ts';
import { AXES } from './axes.ts';
import { FORMS, type Form, type GradientCase } from './case.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { STRUCTURE } from './structure.ts';

/** The step of central differences: their error is h^2 and 2^-53 / h, both about 10^-11. */
const STEP = 2 ** -17;
const LEAST_CHECKS = 2000;
let checks = 0;

function numbers(shape: readonly number[], stream: number, low: number, high: number): Tensor {
  const values = spread(sizeOf(shape), stream).map((t) => low + t * (high - low));
  return tensor(Float64Array.from(values), shape);
}

/** For one form of all inputs: the stored tensors, and the op as a function of them; undefined where it does not apply. */
function prepare({ shapes, low = -2, high = 2, needsDistinctRows, apply }: GradientCase, form: Form) {
  if (needsDistinctRows && form.name === 'broadcast') return undefined;
  const stored = shapes.map((shape) => form.stored(shape));
  if (!stored.every((shape) => shape !== undefined)) return undefined;
  const inputs = stored.map((shape, i) => numbers(shape, i, low, high));
  const f = (...list: readonly Tensor[]) => apply(...list.map((x, i) => form.view(x, at(shapes, i))));
  return { inputs, f };
}

const inner = (a: Tensor, b: Tensor) => sum(mul(a, b));

/** The weighted sum of the results, its slope along a direction of input `i`, and the slope of that slope. */
function derivatives(f: (...list: readonly Tensor[]) => Tensor, i: number) {
  return jit((inputs: readonly Tensor[], direction: Tensor) => {
    const y = f(...inputs);
    const value = inner(y, numbers(y.shape, 40, 0.5, 1.5));
    const slope = inner(at(gradients(value, [at(inputs, i)]), 0), direction);
    const bend = inner(at(gradients(slope, [at(inputs, i)]), 0), direction);
    return [value, slope, bend] as const;
  });
}

function check(f: (...list: readonly Tensor[]) => Tensor, inputs: readonly Tensor[], i: number): void {
  const direction = numbers(at(inputs, i).shape, 17 + i, -1, 1);
  const run = derivatives(f, i);
  const along = (step: number) => {
    const moved = add(at(inputs, i), mul(direction, step));
    return run(inputs.with(i, moved), direction).map((x) => x.itemSync());
  };
  const [here, above, below] = [0, STEP, -STEP].map(along) as [number[], number[], number[]];
  for (const order of [1, 2]) {
    const difference = (at(above, order - 1) - at(below, order - 1)) / (2 * STEP);
    const slope = at(here, order);
    const error = Math.abs(slope - difference) / Math.max(1, Math.abs(slope));
    expect(error, `input ${i}, order ${order}: ${slope}, by differences ${difference}`).toBeLessThan(
      GRADIENT_TOLERANCE,
    );
    checks++;
  }
}

describe.each(FORMS)('gradients in double precision, inputs $name', (form) => {
  it.each([...ELEMENTWISE, ...AXES, ...STRUCTURE].filter((one) => prepare(one, form)))('$name', (one) => {
    const { inputs, f } = prepare(one, form) ?? { inputs: [], f: zerosLike };
    inputs.forEach((_, i) => {
      check(f as (...list: readonly Tensor[]) => Tensor, inputs, i);
    });
  });
});

afterAll(() => {
  expect(checks).toBeGreaterThanOrEqual(LEAST_CHECKS);
});
