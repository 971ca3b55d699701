import { describe, expect, it } from 'vitest';
import { maximumMargin, perceptron } from '../../classic/index.ts';
import { tensor } from '../../ops/index.ts';
import { NumberStream } from '../../random/index.ts';
import { passesBar } from '../card.ts';
import { separableShare } from './capacity.ts';
import { bestAgreement, cornersOf, countSeparable, learnedFunctions, XOR, xorWeights } from './corners.ts';
import { xorFindings } from './findings.ts';
import { lineHistory } from './lines.ts';
import { boundTrials, mistakeBound, separableSet } from './novikoff.ts';

const ignore = async () => {};

describe('Boolean functions', () => {
  it('are learned by the rule, all but XOR and its negation', async () => {
    const learned = await learnedFunctions(ignore);
    expect(learned).toHaveLength(14);
    expect(learned).not.toContain(XOR);
    expect(learned).not.toContain(15 - XOR);
    expect(bestAgreement(learned)).toBe(0.75);
  });

  it.each([
    [1, 4],
    [2, 14],
    [3, 104],
  ])('of %i inputs: %i can be separated', async (inputs, count) => {
    expect(await countSeparable(inputs, ignore)).toBe(count);
  });

  it('send XOR round its cycle for ever', async () => {
    const findings = xorFindings(await xorWeights(3), 0.75);
    expect(findings.map(({ bar, value }) => bar && passesBar(bar, value))).toEqual([true, true]);
    expect(cornersOf(2)).toEqual([
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ]);
  });
});

describe('the bound on mistakes', () => {
  it('holds for sets of several dimensions', async () => {
    const { mistakes, bounds, separated } = await boundTrials(11, 6, ignore);
    expect(separated).toBe(6);
    mistakes.forEach((count, i) => {
      expect(count).toBeLessThanOrEqual(bounds[i] ?? 0);
      expect(count).toBeGreaterThan(0);
    });
  });

  it('is (R/γ)² of two points that are known', () => {
    // (1, 1) and (-1, 1) with the bias: R² = 2, and the widest plane passes at distance 1
    expect(mistakeBound({ points: [[1], [-1]], targets: [1, -1] })).toBeCloseTo(2, 12);
  });

  it('draws the same set from the same stream', () => {
    const draw = (seed: number) => separableSet(new NumberStream(seed), 5);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('leaves a line behind that separates', async () => {
    const { points, targets, lines } = await lineHistory(1);
    const [b = 0, w1 = 0, w2 = 0] = lines.at(-1) ?? [];
    points.forEach(([x = 0, y = 0], i) => {
      expect(Math.sign(b + w1 * x + w2 * y)).toBe(targets[i]);
    });
  });
});

describe("Cover's count", () => {
  it.each([
    [3, 2, 6 / 8],
    [4, 3, 14 / 16],
    [20, 20, 1],
    [40, 20, 0.5],
    [10, 5, 0.5],
  ])('of %i points in %i dimensions is a share of %f', (points, dimensions, share) => {
    expect(separableShare(points, dimensions)).toBeCloseTo(share, 12);
  });

  it('is what all divisions of some points come to', () => {
    const stream = new NumberStream(3);
    const points = tensor(
      Float64Array.from({ length: 6 * 3 }, () => stream.normal()),
      [6, 3],
    );
    let count = 0;
    for (let division = 0; division < 64; division++) {
      const sides = Array.from({ length: 6 }, (_, i) => ((division >> i) & 1 ? 1 : -1));
      count += Number(maximumMargin(points, sides).separable);
    }
    expect(count / 64).toBe(separableShare(6, 3));
  });
});

it('gives up on what cannot be separated', async () => {
  const report = await perceptron({ maxPasses: 20 }).fit(cornersOf(2), [-1, 1, 1, -1]);
  expect(report).toMatchObject({ separated: false, passes: 20 });
});
