import { describe, expect, it } from 'vitest';
import { reverseGradient } from '../../src/autodiff/gradient.ts';
import type { Backend } from '../../src/backends/backend.ts';
import type { Node } from '../../src/graph/node.ts';
import { add, full, mul } from '../../src/primitives/elementwise/arithmetic.ts';
import { input } from '../../src/primitives/leaf.ts';
import { sum } from '../../src/primitives/reduction/reduce.ts';
import { PRIMITIVES } from '../../src/primitives/table.ts';
import { type DType, isFloat } from '../../src/util/dtypes.ts';
import { at } from '../../src/util/errors.ts';
import { sizeOf } from '../../src/util/shapes.ts';
import { firstDifference, GRADIENT_TOLERANCE } from '../support/tolerances.ts';
import { MATRIX_BACKENDS } from './backends.ts';
import { runNodes } from './run-nodes.ts';
import { inputNodes, inputValues, type Sample, spread } from './sample.ts';
import { SAMPLES } from './samples.ts';

function sampleValues(sample: Sample, dtype: DType): number[][] {
  return sample.inputs.map((spec, i) => inputValues(spec, i, dtype));
}

describe('the matrix has no holes', () => {
  it('has samples of every primitive, and of nothing else', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(PRIMITIVES.map(({ name }) => name).sort());
  });

  it.each(PRIMITIVES.map((primitive) => [primitive.name, primitive] as const))(
    'applies %s in its samples',
    (name, primitive) => {
      for (const sample of SAMPLES[name] ?? []) {
        const dtype = at(sample.dtypes, 0);
        const pending = [sample.apply(inputNodes(sample, dtype), dtype)];
        const found = new Set(pending);
        for (let node = pending.pop(); node; node = pending.pop()) {
          for (const next of node.inputs) if (!found.has(next)) pending.push(next);
          for (const next of node.inputs) found.add(next);
        }
        // what is cheap to see through (an identity cast, say) leaves no node: then only other dtypes show it
        const uses = [...found].some((node) => node.primitive === primitive);
        if (!uses) expect(sample.dtypes.length, `${name} ${sample.label}`).toBeGreaterThan(1);
      }
    },
  );
});

describe.each(MATRIX_BACKENDS.slice(1))('values on $name', ({ backend }) => {
  const [oracle] = MATRIX_BACKENDS;
  describe.each(Object.entries(SAMPLES))('%s', (_name, samples) => {
    const cases = samples.flatMap((sample) =>
      sample.dtypes.map((dtype) => ({ label: sample.label, dtype, sample })),
    );
    it.each(cases)('$label of $dtype are those of the reference', ({ sample, dtype }) => {
      const inputs = inputNodes(sample, dtype);
      const outputs = [sample.apply(inputs, dtype)];
      const values = sampleValues(sample, dtype);
      const [expected = []] = oracle ? runNodes(oracle.backend, inputs, outputs, values) : [];
      const [actual = []] = runNodes(backend, inputs, outputs, values);
      expect(actual.length).toBe(expected.length);
      const wrong = firstDifference(actual, expected, at(outputs, 0).dtype);
      expect(wrong, `element ${wrong}: ${actual[wrong]} instead of ${expected[wrong]}`).toBe(-1);
    });
  });
});

/** The sum of a node's elements with fixed weights: one number that depends on all of them. */
function weighted(node: Node, weights: Node): Node {
  return sum(
    mul(node, weights),
    node.shape.map((_, axis) => axis),
  );
}

/** The step of central differences: their error is h^2 and 2^-53 / h, both about 10^-11. */
const STEP = 2 ** -17;

/**
 * Compares the gradient of `value` with central differences, along one direction an input.
 * @returns the gradient nodes, in the order of the inputs
 */
function checkGradient(
  backend: Backend,
  inputs: readonly Node[],
  value: Node,
  values: readonly (readonly number[])[],
  wanted: readonly number[],
): Node[] {
  const gradients = reverseGradient(
    [value],
    [full(value, 1)],
    wanted.map((i) => at(inputs, i)),
  );
  const found = runNodes(backend, inputs, gradients, values);
  wanted.forEach((i, g) => {
    const direction = spread(at(values, i).length, 17 + i).map((t) => 2 * t - 1);
    const moved = (step: number) =>
      values.with(
        i,
        at(values, i).map((x, j) => x + step * at(direction, j)),
      );
    const [above, below] = [STEP, -STEP].map((step) =>
      at(at(runNodes(backend, inputs, [value], moved(step)), 0), 0),
    ) as [number, number];
    const slope = direction.reduce((total, d, j) => total + d * at(at(found, g), j), 0);
    const difference = (above - below) / (2 * STEP);
    const error = Math.abs(slope - difference) / Math.max(1, Math.abs(slope));
    expect(error, `input ${i}: ${slope} by the rule, ${difference} by differences`).toBeLessThan(
      GRADIENT_TOLERANCE,
    );
  });
  return gradients;
}

describe.each(MATRIX_BACKENDS)('gradients on $name', ({ backend }) => {
  describe.each(Object.entries(SAMPLES))('%s', (_name, samples) => {
    const cases = samples.filter(
      ({ dtypes, withoutGradient, inputs }) =>
        dtypes.includes('float64') && withoutGradient === undefined && inputs.length > 0,
    );
    if (cases.length === 0) {
      it('has none: no floats, or a named reason', () => {
        const open = samples.filter(({ dtypes, inputs }) => dtypes.includes('float64') && inputs.length > 0);
        expect(open.every(({ withoutGradient }) => withoutGradient)).toBe(true);
      });
      return;
    }
    it.each(cases)('$label, first and second order', (sample) => {
      const inputs = inputNodes(sample, 'float64');
      const output = sample.apply(inputs, 'float64');
      if (!isFloat(output.dtype)) return;
      const wanted = sample.inputs.flatMap(({ dtype, constant }, i) => (dtype || constant ? [] : [i]));
      const weights = input({ shape: output.shape, dtype: 'float64' });
      const directions = wanted.map((i) => input({ shape: at(inputs, i).shape, dtype: 'float64' }));
      const all = [...inputs, weights, ...directions];
      const values = [weights, ...directions].map(({ shape }, i) => spread(sizeOf(shape), 40 + i));
      const allValues = [...sampleValues(sample, 'float64'), ...values];
      const first = checkGradient(backend, all, weighted(output, weights), allValues, wanted);
      const slopes = first.map((gradient, i) => weighted(gradient, at(directions, i)));
      const total = slopes.reduce((a, b) => add(a, b));
      checkGradient(backend, all, total, allValues, wanted);
    });
  });
});
