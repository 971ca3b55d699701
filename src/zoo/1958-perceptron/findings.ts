import { at } from '../../util/errors.ts';
import type { Finding } from '../study.ts';
import { type CapacityCurve, standardErrors } from './capacity.ts';
import type { DigitResult } from './digits.ts';
import type { BoundTrials } from './novikoff.ts';

/** How many Boolean functions of n inputs a line, plane or hyperplane computes. */
const KNOWN_COUNTS: ReadonlyMap<number, number> = new Map([
  [2, 14],
  [3, 104],
  [4, 1882],
]);

/** Weights (b, w1, w2) that XOR goes through in one round. */
const XOR_CYCLE = [
  [-1, 1, 1],
  [0, 0, 2],
  [1, 1, 1],
  [0, 0, 0],
] as const;

/** Whether no set took more mistakes than Novikoff's bound. */
export function boundFindings({ mistakes, bounds, separated }: BoundTrials): Finding[] {
  const shares = mistakes.map((count, i) => count / at(bounds, i));
  const within = shares.filter((share) => share <= 1).length / shares.length;
  return [
    {
      name: `${shares.length} separable sets, 2 to 50 dimensions: within (R/γ)² mistakes`,
      metric: 'setsWithinBound',
      value: within,
      bar: { metric: 'setsWithinBound', atLeast: 1 },
    },
    {
      name: 'the same sets: separated in the end',
      metric: 'setsSeparated',
      value: separated / shares.length,
      bar: { metric: 'setsSeparated', atLeast: 1 },
    },
    {
      name: 'the set that came nearest to its bound',
      metric: 'mistakesPerBound',
      value: Math.max(...shares),
    },
  ];
}

/** How many functions can be learned, beside what is known. */
export function countFindings(counts: ReadonlyMap<number, number>, learned: number): Finding[] {
  const rows = [...counts].flatMap(([inputs, count]): Finding[] => {
    const known = KNOWN_COUNTS.get(inputs) ?? Number.NaN;
    return [
      {
        name: `Boolean functions of ${inputs} inputs that a plane computes`,
        metric: 'separableFunctions',
        value: count,
        published: { value: known, where: 'Minsky and Papert 1969; Muroga 1971' },
      },
      {
        name: `the same, away from the known count`,
        metric: 'countDeviation',
        value: Math.abs(count - known),
        bar: { metric: 'countDeviation', atMost: 0 },
      },
    ];
  });
  return [
    {
      name: 'Boolean functions of 2 inputs that the rule learns, of 16',
      metric: 'learnedFunctions',
      value: learned,
      bar: { metric: 'learnedFunctions', atLeast: 14 },
      published: { value: 14, where: 'Minsky and Papert 1969' },
    },
    ...rows,
  ];
}

/** XOR's cycle, and how much of XOR a line can do. */
export function xorFindings(seen: readonly (readonly number[])[], best: number): Finding[] {
  const differences = seen.flatMap((weights, step) =>
    weights.map((weight, i) => Math.abs(weight - at(at(XOR_CYCLE, step % 4), i))),
  );
  return [
    {
      name: `XOR, ${seen.length / 4} rounds: largest difference from the cycle (−1,1,1) (0,0,2) (1,1,1) (0,0,0)`,
      metric: 'weightDifference',
      value: Math.max(...differences),
      bar: { metric: 'weightDifference', atMost: 0 },
    },
    {
      name: 'XOR, the best line: share of corners on the right side, at most 3/4',
      metric: 'cornersRight',
      value: best,
      bar: { metric: 'cornersRight', atMost: 0.75 },
    },
  ];
}

/** How far measured shares lie from Cover's. */
export function capacityFindings(curve: CapacityCurve, ratios: readonly number[]): Finding[] {
  return ratios.map((ratio) => {
    const index = curve.points.indexOf(ratio * curve.dimensions);
    return {
      name: `Cover's curve, N = ${curve.dimensions}, p/N = ${ratio}: ${at(curve.shares, index)} separable; distance from the curve`,
      metric: 'standardErrors',
      value: standardErrors(curve, index),
      bar: { metric: 'standardErrors', atMost: 3 },
    };
  });
}

/** MNIST: the headline is in the card, this is what it is compared with. */
export function digitFindings({ lastError, mistakeRates }: DigitResult): Finding[] {
  return [
    {
      name: 'MNIST, weights after the last image instead of their average',
      metric: 'testError',
      value: lastError,
    },
    {
      name: 'MNIST, share of training images that were a mistake in the last pass',
      metric: 'mistakeRate',
      value: at(mistakeRates, -1),
    },
  ];
}
