import { describe, expect, it } from 'vitest';
import { referenceBackend } from '../../src/backends/reference/reference.ts';
import type { Node } from '../../src/graph/node.ts';
import { mul } from '../../src/primitives/elementwise/arithmetic.ts';
import { input } from '../../src/primitives/leaf.ts';
import { sum } from '../../src/primitives/reduction/reduce.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { jvp, vjp } from '../../src/tensor/vjp.ts';
import { isFloat } from '../../src/util/dtypes.ts';
import { at } from '../../src/util/errors.ts';
import { sizeOf } from '../../src/util/shapes.ts';
import { GRADIENT_TOLERANCE } from '../support/tolerances.ts';
import { runNodes } from './run-nodes.ts';
import { inputNodes, inputValues, type Sample, spread } from './sample.ts';
import { SAMPLES } from './samples.ts';

/** What of a sample is differentiated, and how it depends on it. */
function differentiable(sample: Sample) {
  const inputs = inputNodes(sample, 'float64');
  const wanted = sample.inputs.flatMap(({ dtype, constant }, i) => (dtype || constant ? [] : [i]));
  const f = (...tensors: readonly Tensor[]): Tensor => {
    const own = wanted.reduce((all, place, i) => all.with(place, at(tensors, i).node), inputs);
    return new Tensor(sample.apply(own, 'float64'));
  };
  return { inputs, wanted, f, primals: wanted.map((i) => new Tensor(at(inputs, i))) };
}

function inner(a: readonly Node[], b: readonly Node[]): Node[] {
  return a.map((x, i) =>
    sum(
      mul(x, at(b, i)),
      x.shape.map((_, axis) => axis),
    ),
  );
}

const total = (numbers: readonly number[][]) => numbers.flat().reduce((a, b) => a + b, 0);
const STEP = 2 ** -17;

const CASES = Object.entries(SAMPLES).flatMap(([name, samples]) =>
  samples
    .filter(({ dtypes, inputs }) => dtypes.includes('float64') && inputs.length > 0)
    .filter(({ withoutGradient }) => withoutGradient === undefined)
    .map((sample) => ({ label: `${name} ${sample.label}`, sample })),
);

describe('forward and backward derivatives', () => {
  it.each(CASES)('$label: <v, J u> = <Jᵀ v, u>, and J u is the slope along u', ({ sample }) => {
    const { inputs, wanted, f, primals } = differentiable(sample);
    const output = f(...primals);
    if (!isFloat(output.dtype)) return;
    const weights = input(output);
    const directions = primals.map(({ shape }) => input({ shape, dtype: 'float64' }));
    const tangents = directions.map((node) => new Tensor(node));
    const [value, along] = jvp(f, primals, tangents);
    const [, pullback] = vjp((list: readonly Tensor[]) => f(...list))(primals);
    const back = pullback(new Tensor(weights)).map(({ node }) => node);
    const forwards = inner([along.node], [weights]);
    const backwards = inner(back, directions);
    const all = [...inputs, weights, ...directions];
    const own = sample.inputs.map((spec, i) => inputValues(spec, i, 'float64'));
    const extra = [weights, ...directions].map(({ shape }, i) =>
      spread(sizeOf(shape), 60 + i).map((t) => 2 * t - 1),
    );
    const run = (outputs: readonly Node[], values = own) =>
      runNodes(referenceBackend, all, outputs, [...values, ...extra]);
    const [u, v] = [total(run(forwards)), total(run(backwards))];
    expect(Math.abs(u - v) / Math.max(1, Math.abs(u))).toBeLessThan(1e-11);
    const moved = (step: number) =>
      wanted.reduce(
        (values, place, i) =>
          values.with(
            place,
            at(values, place).map((x, j) => x + step * at(at(extra, i + 1), j)),
          ),
        own,
      );
    const [above, below] = [STEP, -STEP].map((step) =>
      total(run(inner([value.node], [weights]), moved(step))),
    ) as [number, number];
    const slope = (above - below) / (2 * STEP);
    expect(Math.abs(u - slope) / Math.max(1, Math.abs(u))).toBeLessThan(GRADIENT_TOLERANCE);
  });
});
