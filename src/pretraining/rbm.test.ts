import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { NumberStream } from '../random/number-stream.ts';
import { AntlerValueError } from '../util/errors.ts';
import { rbm } from './rbm.ts';
import type { RbmParameters } from './rbm-options.ts';

const softplus = (x: number) => Math.log1p(Math.exp(x));
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Parameters large enough that units depend on each other. */
function drawn(visible: number, hidden: number, seed = 5): RbmParameters {
  const stream = new NumberStream(seed);
  const numbers = (count: number) => Float32Array.from({ length: count }, () => stream.normal());
  return { weights: numbers(visible * hidden), visibleBias: numbers(visible), hiddenBias: numbers(hidden) };
}

/** All states of a few binary units, as rows. */
const allStates = (units: number) =>
  Array.from({ length: 2 ** units }, (_, state) =>
    Array.from({ length: units }, (_, unit) => (state >> unit) & 1),
  );

describe('rbm', () => {
  const small = () => rbm({ visible: 4, hidden: 3, seed: 1, parameters: drawn(4, 3) });

  it('gives all visible states together probability 1', async () => {
    const machine = small();
    const logZ = await machine.logPartition();
    const energies = await machine.freeEnergy(allStates(4)).data();
    expect(total(Array.from(energies as Float32Array, (energy) => Math.exp(-energy - logZ)))).toBeCloseTo(
      1,
      5,
    );
  });

  it('has the log partition of independent units if all weights are 0', async () => {
    const { visibleBias, hiddenBias } = drawn(30, 12);
    const parameters = { weights: new Float32Array(360), visibleBias, hiddenBias };
    const machine = rbm({ visible: 30, hidden: 12, seed: 1, parameters });
    const expected = total([...visibleBias, ...hiddenBias].map(softplus));
    expect(await machine.logPartition()).toBeCloseTo(expected, 4);
    expect((await machine.estimateLogPartition({ seed: 2, temperatures: 5 })).logPartition).toBeCloseTo(
      expected,
      4,
    );
  });

  it('enumerates either layer with the same result', async () => {
    const { weights, visibleBias, hiddenBias } = drawn(5, 4);
    const turned = new Float32Array(20);
    for (let v = 0; v < 5; v++) for (let h = 0; h < 4; h++) turned[h * 5 + v] = weights[v * 4 + h] ?? 0;
    const mirrored = { weights: turned, visibleBias: hiddenBias, hiddenBias: visibleBias };
    const one = await rbm({ visible: 5, hidden: 4, seed: 1, parameters: drawn(5, 4) }).logPartition();
    const other = await rbm({ visible: 4, hidden: 5, seed: 1, parameters: mirrored }).logPartition();
    expect(one).toBeCloseTo(other, 4);
  });

  it('counts one state of a group of classes at a time', async () => {
    const parameters = drawn(5, 3);
    const machine = rbm({ visible: 5, hidden: 3, seed: 1, visibleClasses: 3, parameters });
    const rows = allStates(2).flatMap((pixels) =>
      [0, 1, 2].map((label) => [...pixels, ...[0, 1, 2].map((c) => Number(c === label))]),
    );
    const energies = (await machine.freeEnergy(rows).data()) as Float32Array;
    const sum = total(Array.from(energies, (energy) => Math.exp(-energy)));
    expect(await machine.logPartition()).toBeCloseTo(Math.log(sum), 4);
  });

  it('scores all classes at once as free energies do one by one', async () => {
    const machine = rbm({ visible: 5, hidden: 3, seed: 1, visibleClasses: 3, parameters: drawn(5, 3) });
    const pixels = [
      [0, 1],
      [1, 0.5],
    ];
    const scores = (await machine.classScores(pixels).array()) as number[][];
    for (const label of [0, 1, 2]) {
      const rows = pixels.map((row) => [...row, ...[0, 1, 2].map((c) => Number(c === label))]);
      const energies = (await machine.freeEnergy(rows).array()) as number[];
      energies.forEach((energy, i) => {
        expect(scores[i]?.[label]).toBeCloseTo(-energy, 4);
      });
    }
    expect(() => rbm({ visible: 5, hidden: 3, seed: 1 }).classScores(pixels)).toThrow(
      'visibleClasses, got none',
    );
  });

  it('begins at the log odds of frequencies', async () => {
    const { visibleBias } = await rbm({
      visible: 3,
      hidden: 2,
      seed: 1,
      visibleMeans: [0.5, 0.9, 0],
    }).parameters();
    expect(visibleBias[0]).toBeCloseTo(0, 5);
    expect(visibleBias[1]).toBeCloseTo(Math.log(9), 5);
    expect(visibleBias[2]).toBeCloseTo(Math.log(0.005 / 0.995), 5);
    const make = (visibleMeans: number[]) => rbm({ visible: 3, hidden: 2, seed: 1, visibleMeans });
    expect(() => make([0.5, 2, 0])).toThrow('visibleMeans in [0, 1], got 2');
    expect(() => make([0.5])).toThrow('3 visibleMeans, got 1');
  });

  it('integrates over Gaussian hidden units', async () => {
    const parameters = drawn(3, 2);
    const machine = rbm({ visible: 3, hidden: 2, seed: 1, hiddenUnits: 'gaussian', parameters });
    const energies = (await machine.freeEnergy(allStates(3)).data()) as Float32Array;
    const sum = total(Array.from(energies, (energy) => Math.exp(-energy)));
    expect(await machine.logPartition()).toBeCloseTo(Math.log(sum), 4);
  });

  it('estimates the partition close to the exact one', async () => {
    const machine = small();
    const exact = await machine.logPartition();
    const { logPartition, low, high } = await machine.estimateLogPartition({ seed: 3, chains: 500 });
    expect(Math.abs(logPartition - exact)).toBeLessThan(0.05);
    expect(low).toBeLessThan(logPartition);
    expect(high).toBeGreaterThan(logPartition);
  });

  it('draws chains from its distribution and keeps clamped units', async () => {
    const machine = small();
    const logZ = await machine.logPartition();
    const energies = (await machine.freeEnergy(allStates(4)).data()) as Float32Array;
    const start = tensor(new Float32Array(4000 * 4), [4000, 4]);
    const { states } = await machine.gibbs(start, { steps: 60 });
    const counts = new Float64Array(16);
    const drawnStates = (await states.data()) as Float32Array;
    for (let row = 0; row < 4000; row++) {
      let state = 0;
      for (let unit = 0; unit < 4; unit++) state += (drawnStates[row * 4 + unit] ?? 0) * 2 ** unit;
      counts[state] = (counts[state] ?? 0) + 1;
    }
    counts.forEach((count, state) => {
      const p = Math.exp(-(energies[state] ?? 0) - logZ);
      expect(Math.abs(count / 4000 - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / 4000) + 1e-3);
    });
    const clamped = await machine.gibbs([[0, 0, 1, 0]], { steps: 7, clamped: 2 });
    expect(((await clamped.states.array()) as number[][])[0]?.slice(2)).toEqual([1, 0]);
  });

  it('starts from the same weights for the same seed only', async () => {
    const weights = async (seed: number) => (await rbm({ visible: 6, hidden: 5, seed }).parameters()).weights;
    expect(await weights(1)).toEqual(await weights(1));
    expect(await weights(1)).not.toEqual(await weights(2));
  });

  it('says what it cannot take', async () => {
    const machine = rbm({ visible: 2, hidden: 3, seed: 1 });
    await expect(machine.fit([[0, 255]])).rejects.toThrow(
      new AntlerValueError({
        where: 'rbm.fit',
        expected: 'values in [0, 1] for binary units',
        got: '255',
        fix: "divide by the greatest value (255 for bytes), or take visibleUnits: 'gaussian'",
      }),
    );
    await expect(machine.fit([[0, Number.NaN]])).rejects.toThrow(
      'values in [0, 1] for binary units, got NaN',
    );
    await expect(machine.fit(tensor([[0.5, -1]]))).rejects.toThrow('got -1');
    await expect(machine.fit(tensor([[0.5, Number.NaN]]))).rejects.toThrow('got NaN');
    expect(() => machine.encode([[0, 2]])).toThrow('rbm.encode: expected values in [0, 1]');
    expect(() => machine.freeEnergy([[0, 1, 0]])).toThrow('rows of 2 visible units, got rows of 3');
    await expect(machine.fit([[0, 1]], { method: 'dc' as 'cd' })).rejects.toThrow(
      "method 'cd' or 'pcd', got 'dc'",
    );
    await expect(machine.fit([[0, 1]], { learningRate: -1 })).rejects.toThrow('learningRate >= 0, got -1');
    expect(() =>
      rbm({ visible: 2, hidden: 2, seed: 1, visibleUnits: 'gaussian', hiddenUnits: 'gaussian' }),
    ).toThrow('at most one layer of gaussian units');
    await expect(rbm({ visible: 30, hidden: 21, seed: 1 }).logPartition()).rejects.toThrow(
      'estimateLogPartition()',
    );
  });
});
