import { describe, expect, it } from 'vitest';
import { reshape, slice, sum, tensor } from '../../ops/index.ts';
import { grad } from '../../tensor/gradient.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { median } from '../../util/median.ts';
import { passesBar } from '../card.ts';
import { encoderTask, learnEncoder } from './encoder.ts';
import { PEOPLE, RELATIONS, TRIPLES } from './families.ts';
import { HELD_OUT, heldOut } from './family-trees.ts';
import { saturationFindings } from './findings.ts';
import { errorsOf } from './learning.ts';
import { logistic, type Network } from './network.ts';
import { crossEntropy, learnSaturated, slopeOf, squaredError } from './saturation.ts';
import { solvedBy, symmetryForm } from './solved.ts';
import { isSymmetric, learnSymmetry, rowsOfBits } from './symmetry.ts';

const ignore = async () => {};
const STEP = 1e-5;

/** A 3-2-1 network from thirteen numbers, and its error on four patterns, in double precision. */
function errorOf(weights: Tensor): Tensor {
  const x = tensor(Float64Array.of(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0), [4, 3]);
  const part = (from: number, rows: number, columns: number) =>
    reshape(slice(weights, [from], [rows * columns]), [1, rows, columns]);
  const network: Network = new Map([
    ['hidden', { kernel: part(0, 3, 2), bias: part(6, 1, 2) }],
    ['output', { kernel: part(8, 2, 1), bias: part(10, 1, 1) }],
  ]);
  const targets = tensor(Float64Array.of(1, 0, 1, 0), [4, 1]);
  const answers = (given: Network) => logistic(given, 'output', logistic(given, 'hidden', x));
  return sum(errorsOf({ initial: network, answers, targets, phases: [] }, network));
}

describe('gradients', () => {
  it('are what differences give, to 1e-7', () => {
    const weights = Float64Array.from({ length: 11 }, (_, i) => Math.sin(3 * i + 1));
    const slopes = grad(errorOf)(tensor(weights)).dataSync();
    weights.forEach((weight, i) => {
      const at = (value: number) => errorOf(tensor(weights.with(i, value))).itemSync();
      const difference = (at(weight + STEP) - at(weight - STEP)) / (2 * STEP);
      expect(Math.abs((slopes[i] ?? Number.NaN) - difference)).toBeLessThanOrEqual(1e-7);
    });
  });

  it('of the squared error vanish for a unit that is surely wrong', async () => {
    expect(await slopeOf(squaredError, -10, 1)).toBeCloseTo(-4.54e-5, 7);
    expect(await slopeOf(crossEntropy, -10, 1)).toBeCloseTo(-0.99995, 5);
    const findings = await saturationFindings();
    expect(findings.every(({ bar, value }) => bar && passesBar(bar, value))).toBe(true);
  });

  it('bring a surely wrong unit over by cross-entropy only', async () => {
    const { squared, entropy } = await learnSaturated();
    expect(entropy.at(-1)).toBeGreaterThan(0.95);
    expect(squared.at(-1)).toBeLessThan(0.001);
  });
});

describe('the error', () => {
  it('is half the sum over patterns and units', async () => {
    const task = encoderTask(1, 2, 1);
    const [first = 0] = await errorsOf(task, task.initial).data();
    // answers near 1/2: 64 units, each about 1/4 off
    expect(first).toBeGreaterThan(6);
    expect(first).toBeLessThan(11);
  });
});

describe('symmetry', () => {
  it('has 8 symmetric rows of 64', () => {
    expect(rowsOfBits().filter(isSymmetric)).toHaveLength(8);
  });

  it('is solved by some networks, with mirrored weights, and the same ones for a seed', async () => {
    const learn = (seed: number) => learnSymmetry(seed, { networks: 12, sweeps: 1500 }, ignore);
    const result = await learn(3);
    expect(solvedBy(result.solvedAt, 1500)).toBeGreaterThan(0);
    expect(symmetryForm(result).worstCancelling).toBeLessThan(0.1);
    expect(await learn(3)).toEqual(result);
    const never = [...result.right].filter((_, network) => (result.solvedAt[network] ?? 0) < 0);
    expect(median(never)).toBe(56);
  });
});

describe('the encoder', () => {
  it('learns eight patterns with three units', async () => {
    const { solvedAt, code } = await learnEncoder(1, { networks: 20, sweeps: 4000 }, ignore);
    expect(solvedBy(solvedAt, 4000)).toBeGreaterThanOrEqual(0.8);
    expect(code).toHaveLength(24);
  });
});

describe('family trees', () => {
  const answersFor = (name: string, relation: (typeof RELATIONS)[number]) =>
    TRIPLES.find(
      (triple) => triple.person === PEOPLE.indexOf(name) && triple.relation === RELATIONS.indexOf(relation),
    )?.answers.map((person) => PEOPLE[person]);

  it('have 24 people, 12 relations and 104 triples', () => {
    expect([PEOPLE.length, RELATIONS.length, TRIPLES.length]).toEqual([24, 12, 104]);
  });

  it.each<[string, (typeof RELATIONS)[number], string[] | undefined]>([
    ['Colin', 'aunt', ['Margaret', 'Jennifer']],
    ['Colin', 'uncle', ['Arthur', 'Charles']],
    ['Charlotte', 'brother', ['Colin']],
    ['Charles', 'niece', ['Charlotte']],
    ['Margaret', 'nephew', ['Colin']],
    ['Victoria', 'father', ['Christopher']],
    ['Penelope', 'daughter', ['Victoria']],
    ['Lucia', 'husband', ['Marco']],
    ['Christopher', 'father', undefined],
    ['Marco', 'nephew', undefined],
  ])("%s's %s", (person, relation, expected) => {
    const found = answersFor(person, relation);
    expect(found?.toSorted()).toEqual(expected?.toSorted());
  });

  it('keep four triples back, others for each network', () => {
    const kept = heldOut(1, 20);
    expect(kept.every((triples) => new Set(triples).size === HELD_OUT)).toBe(true);
    expect(new Set(kept.map(String)).size).toBe(20);
  });
});
