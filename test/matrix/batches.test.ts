import { describe, expect, it } from 'vitest';
import { batchNodes, repeated } from '../../src/autodiff/batch.ts';
import { referenceBackend } from '../../src/backends/reference/reference.ts';
import type { Node } from '../../src/graph/node.ts';
import { input } from '../../src/primitives/leaf.ts';
import { at } from '../../src/util/errors.ts';
import { sizeOf } from '../../src/util/shapes.ts';
import { firstDifference } from '../support/tolerances.ts';
import { MATRIX_BACKENDS } from './backends.ts';
import { runNodes } from './run-nodes.ts';
import { inputNodes, inputValues, type Sample } from './sample.ts';
import { SAMPLES } from './samples.ts';

const SIZE = 3;

/** The elements of one input for each place in a batch: those of the sample, turned. */
function valuesOfBatch(sample: Sample, index: number, size: number): number[][] {
  const values = inputValues(at(sample.inputs, index), index, at(sample.dtypes, 0));
  return Array.from({ length: size }, (_, turn) => [...values.slice(turn), ...values.slice(0, turn)]);
}

/** Every input alone, and all together. */
function choices(count: number): boolean[][] {
  const alone = Array.from({ length: count }, (_, chosen) =>
    Array.from({ length: count }, (_, i) => i === chosen),
  );
  return count > 1 ? [...alone, new Array<boolean>(count).fill(true)] : alone;
}

interface Batched {
  readonly inputs: readonly Node[];
  readonly output: Node;
}

/** The sample for a batch of inputs; `isBatched` says which have one. */
function batchOnce({ inputs, output }: Batched, isBatched: readonly boolean[], size: number): Batched {
  const own = inputs.map(({ shape, dtype }, i) =>
    input({ shape: isBatched[i] ? [size, ...shape] : shape, dtype }),
  );
  // those without a batch are replaced by hand: they keep their shape
  const shared = inputs.map((node, i) => (isBatched[i] ? at(own, i) : node));
  const images = new Map(inputs.flatMap((node, i) => (isBatched[i] ? [[node, at(own, i)] as const] : [])));
  const [batched] = batchNodes([output], images, size);
  return { inputs: shared, output: batched ?? repeated(output, size) };
}

const CASES = Object.entries(SAMPLES).flatMap(([name, samples]) =>
  samples
    .filter(({ inputs }) => inputs.length > 0)
    .flatMap((sample) =>
      choices(sample.inputs.length).map((isBatched) => ({
        name,
        sample,
        isBatched,
        label: `${name} ${sample.label}, batch of ${isBatched.map((flag) => (flag ? 'B' : '-')).join('')}`,
      })),
    ),
);

describe.each(MATRIX_BACKENDS)('batches on $name', ({ backend }) => {
  it.each(CASES)('$label', ({ sample, isBatched }) => {
    const dtype = at(sample.dtypes, 0);
    const inputs = inputNodes(sample, dtype);
    const single: Batched = { inputs, output: sample.apply(inputs, dtype) };
    const rows = inputs.map((_, i) => valuesOfBatch(sample, i, SIZE));
    const batched = batchOnce(single, isBatched, SIZE);
    expect(batched.output.shape).toEqual([SIZE, ...single.output.shape]);
    expect(batched.output.dtype).toBe(single.output.dtype);
    const expected = Array.from({ length: SIZE }, (_, b) => {
      const values = rows.map((own, i) => at(own, isBatched[i] ? b : 0));
      return at(runNodes(referenceBackend, inputs, [single.output], values), 0);
    }).flat();
    const values = rows.map((own, i) => (isBatched[i] ? own.flat() : at(own, 0)));
    const [actual = []] = runNodes(backend, batched.inputs, [batched.output], values);
    const wrong = firstDifference(actual, expected, single.output.dtype);
    expect(wrong, `element ${wrong}: ${actual[wrong]} instead of ${expected[wrong]}`).toBe(-1);
  });
});

describe('batches of batches and of nothing', () => {
  it.each(CASES)('$label', ({ sample, isBatched }) => {
    const dtype = at(sample.dtypes, 0);
    const inputs = inputNodes(sample, dtype);
    const single: Batched = { inputs, output: sample.apply(inputs, dtype) };
    const twice = batchOnce(batchOnce(single, isBatched, 2), isBatched, 2);
    expect(twice.output.shape).toEqual([2, 2, ...single.output.shape]);
    const once = batchOnce(single, isBatched, 4);
    const values = inputs.map((_, i) => {
      const rows = valuesOfBatch(sample, i, 4);
      return isBatched[i] ? rows.flat() : at(rows, 0);
    });
    const [expected = []] = runNodes(referenceBackend, once.inputs, [once.output], values);
    const [actual = []] = runNodes(referenceBackend, twice.inputs, [twice.output], values);
    expect(firstDifference(actual, expected, single.output.dtype)).toBe(-1);
    const none = batchOnce(single, isBatched, 0);
    expect(none.output.shape).toEqual([0, ...single.output.shape]);
    expect(sizeOf(none.output.shape)).toBe(0);
  });
});
