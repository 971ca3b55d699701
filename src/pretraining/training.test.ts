import { describe, expect, it } from 'vitest';
import { NumberStream } from '../random/number-stream.ts';
import { AntlerNumericError, at } from '../util/errors.ts';
import { pretrainStack } from './pretrain-stack.ts';
import { rbm } from './rbm.ts';
import type { RbmParameters } from './rbm-options.ts';
import type { RbmFitOptions } from './training-options.ts';

const VISIBLE = 4;
const HIDDEN = 3;

function drawn(seed: number): RbmParameters {
  const stream = new NumberStream(seed);
  const numbers = (count: number) => Float32Array.from({ length: count }, () => stream.normal());
  return { weights: numbers(VISIBLE * HIDDEN), visibleBias: numbers(VISIBLE), hiddenBias: numbers(HIDDEN) };
}

/** The same row many times: a batch whose mean gradient has little noise. */
const repeated = (row: readonly number[], count: number) => ({
  data: Float32Array.from({ length: count * row.length }, (_, i) => at(row, i % row.length)),
  shape: [count, row.length],
});

/** The gradient of log p(row) by the weights, from all states of both layers. */
function exactGradient(
  { weights, visibleBias, hiddenBias }: RbmParameters,
  row: readonly number[],
): number[] {
  const input = (v: readonly number[], j: number) =>
    v.reduce((sum, value, i) => sum + value * at(weights, i * HIDDEN + j), at(hiddenBias, j));
  const products = (v: readonly number[]) =>
    v.flatMap((value) => Array.from({ length: HIDDEN }, (_, j) => value / (1 + Math.exp(-input(v, j)))));
  const gradient = products(row);
  let z = 0;
  const model = gradient.map(() => 0);
  for (let state = 0; state < 2 ** VISIBLE; state++) {
    const v = Array.from({ length: VISIBLE }, (_, i) => (state >> i) & 1);
    let score = v.reduce((sum, value, i) => sum + value * at(visibleBias, i), 0);
    for (let j = 0; j < HIDDEN; j++) score += Math.log1p(Math.exp(input(v, j)));
    z += Math.exp(score);
    products(v).forEach((product, i) => {
      model[i] = at(model, i) + Math.exp(score) * product;
    });
  }
  return gradient.map((value, i) => value - at(model, i) / z);
}

/** How far one update is from the exact gradient. */
async function distance(options: RbmFitOptions): Promise<number> {
  const parameters = drawn(7);
  const row = [1, 0, 1, 1];
  const machine = rbm({ visible: VISIBLE, hidden: HIDDEN, seed: 3, parameters });
  await machine.fit(repeated(row, 20_000), { epochs: 1, batchSize: 20_000, learningRate: 1, ...options });
  const after = (await machine.parameters()).weights;
  const exact = exactGradient(parameters, row);
  return Math.hypot(...exact.map((slope, i) => at(after, i) - at(parameters.weights, i) - slope));
}

describe('training a machine', () => {
  it('comes closer to the exact gradient the longer the chains', async () => {
    const [one, three, many] = [
      await distance({ steps: 1 }),
      await distance({ steps: 3 }),
      await distance({ steps: 30 }),
    ];
    expect(three).toBeLessThan(one);
    expect(many).toBeLessThan(three);
    expect(many).toBeLessThan(0.02);
  });

  it('learns two patterns by either method', async () => {
    const patterns = [
      [1, 1, 1, 0, 0, 0],
      [0, 0, 0, 1, 1, 1],
    ];
    const data = Array.from({ length: 100 }, (_, i) => at(patterns, i % 2));
    const learningRate = (step: number) => 0.1 * (1 - step / 750);
    for (const method of ['cd', 'pcd'] as const) {
      const machine = rbm({ visible: 6, hidden: 4, seed: 1 });
      await machine.fit(data, { epochs: 150, batchSize: 20, chains: 200, learningRate, method });
      const likelihood = await machine.logLikelihood(patterns, await machine.logPartition());
      expect(likelihood, method).toBeGreaterThan(-1.1); // -0.69 is perfect, -4.16 knows nothing
    }
  });

  it('depends on the seed alone', async () => {
    const data = repeated([0.2, 0.9, 0.5, 0], 50);
    const learned = async (seed: number) => {
      const machine = rbm({ visible: 4, hidden: 3, seed });
      await machine.fit(data, { epochs: 3, batchSize: 20, momentum: 0.5, weightDecay: 0.001 });
      return (await machine.parameters()).weights;
    };
    expect(await learned(1)).toEqual(await learned(1));
    expect(await learned(1)).not.toEqual(await learned(2));
  });

  it('takes schedules, tells how far it is, and ends when it is told to', async () => {
    const steps: number[] = [];
    const told: number[] = [];
    const machine = rbm({ visible: 4, hidden: 3, seed: 1 });
    const learningRate = (step: number) => {
      steps.push(step);
      return 0.1;
    };
    const data = repeated([0, 1, 1, 0], 30);
    await machine.fit(data, {
      epochs: 2,
      batchSize: 10,
      learningRate,
      onProgress: (done) => void told.push(done),
    });
    expect(steps).toEqual([0, 1, 2, 3, 4, 5]);
    expect(told).toEqual([1]);
    const before = await machine.parameters();
    await machine.fit(data, { signal: AbortSignal.abort() });
    expect(await machine.parameters()).toEqual(before);
  });

  it('says when a rate was too large', async () => {
    const machine = rbm({ visible: 4, hidden: 3, seed: 1, visibleUnits: 'gaussian' });
    const data = repeated([1, 1, 0, 1], 40);
    await expect(machine.fit(data, { epochs: 200, learningRate: 50 })).rejects.toThrow(AntlerNumericError);
  });
});

describe('pretrainStack', () => {
  it('learns each machine from the one below, with a code of linear units on top', async () => {
    const told: number[] = [];
    const data = Array.from({ length: 40 }, (_, i) => (i % 2 ? [1, 1, 0, 0, 1] : [0, 0, 1, 1, 0]));
    const machines = await pretrainStack({
      sizes: [5, 4, 2],
      data,
      epochs: 20,
      seed: 1,
      topUnits: 'gaussian',
      batchSize: 10,
      gaussianLearningRate: 0.01,
      onProgress: (done) => void told.push(done),
    });
    expect(machines.map(({ weights }) => weights.shape)).toEqual([
      [5, 4],
      [4, 2],
    ]);
    expect(machines.map(({ layout }) => layout.hiddenUnits)).toEqual(['binary', 'gaussian']);
    expect(told.at(-1)).toBeCloseTo(1, 10);
    const code = at(machines, 1).encode(at(machines, 0).encode(data.slice(0, 2)));
    const [one = [], other = []] = (await code.array()) as number[][];
    expect(Math.hypot(...one.map((x, i) => x - at(other, i)))).toBeGreaterThan(0.1);
  });

  it('says what it cannot take', async () => {
    await expect(pretrainStack({ sizes: [4], data: [[0, 0, 0, 0]], seed: 1 })).rejects.toThrow('got 1 sizes');
    await expect(pretrainStack({ sizes: [2, 2], data: [[0, 7]], seed: 1 })).rejects.toThrow(
      'pretrainStack: expected values in [0, 1]',
    );
  });
});
