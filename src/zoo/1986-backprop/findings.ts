import { median } from '../../util/median.ts';
import type { Finding } from '../study.ts';
import type { EncoderResult } from './encoder.ts';
import { type FamilyResult, HELD_OUT } from './family-trees.ts';
import { crossEntropy, SATURATED, slopeOf, squaredError } from './saturation.ts';
import { medianSweep, solvedBy, symmetryForm } from './solved.ts';
import type { SymmetryResult } from './symmetry.ts';

/** Sweeps after which the paper's network had solved it. */
export const PAPER_SWEEPS = 1425;

/** Symmetry beyond the headline: more sweeps, and the form of the solutions. */
export function symmetryFindings(result: SymmetryResult, sweeps: number): Finding[] {
  const { worstCancelling, ratios } = symmetryForm(result);
  const typical = median(ratios);
  const unsolved = [...result.right].filter((_, network) => (result.solvedAt[network] ?? -1) < 0);
  return [
    {
      name: `symmetry, solved by ${sweeps} sweeps`,
      metric: 'solvedFraction',
      value: solvedBy(result.solvedAt, sweeps),
      bar: { metric: 'solvedFraction', atLeast: 0.55 },
    },
    {
      name: 'symmetry, solved networks: largest rest of mirrored weights, as a share of them',
      metric: 'mirroredRest',
      value: worstCancelling,
      bar: { metric: 'mirroredRest', atMost: 0.1 },
    },
    {
      name: 'symmetry, solved networks: median ratio of neighbouring sizes, at least 1.5',
      metric: 'sizeRatio',
      value: typical,
      bar: { metric: 'sizeRatio', atLeast: 1.5 },
      published: { value: 2, where: 'Nature 323, figure 1: sizes 1 : 2 : 4' },
    },
    {
      name: 'symmetry, solved networks: the same, at most 2.8',
      metric: 'sizeRatio',
      value: typical,
      bar: { metric: 'sizeRatio', atMost: 2.8 },
      published: { value: 2, where: 'Nature 323, figure 1: sizes 1 : 2 : 4' },
    },
    {
      name: 'symmetry, solved networks: share of all ratios in 1.5 .. 2.8',
      metric: 'ratiosWithin',
      value: ratios.filter((ratio) => ratio >= 1.5 && ratio <= 2.8).length / ratios.length,
    },
    {
      name: 'symmetry, unsolved networks: median of patterns answered rightly, of 64',
      metric: 'patternsRight',
      value: median(unsolved),
    },
  ];
}

export function encoderFindings({ solvedAt }: EncoderResult, sweeps: number): Finding[] {
  return [
    {
      name: `8-3-8 encoder, solved within ${sweeps} sweeps`,
      metric: 'solvedFraction',
      value: solvedBy(solvedAt, sweeps),
      bar: { metric: 'solvedFraction', atLeast: 0.95 },
    },
    { name: '8-3-8 encoder, median sweep', metric: 'sweeps', value: medianSweep(solvedAt) },
  ];
}

export function familyFindings({ right, learnedRight }: FamilyResult): Finding[] {
  const mean = (values: Int32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    {
      name: `family trees, ${right.length} networks: triples never seen answered rightly, mean of ${HELD_OUT}`,
      metric: 'meanRight',
      value: mean(right),
      bar: { metric: 'meanRight', atLeast: 2 },
      published: { value: 4, where: 'Nature 323: all four, and three in a second run' },
    },
    {
      name: `family trees, the best network, of ${HELD_OUT}`,
      metric: 'bestRight',
      value: Math.max(...right),
      bar: { metric: 'bestRight', atLeast: 4 },
      published: { value: 4, where: 'Nature 323' },
    },
    { name: 'family trees, triples learned, mean of 100', metric: 'learnedRight', value: mean(learnedRight) },
  ];
}

/** A unit that is surely wrong: the slope by the squared error is next to nothing. */
export async function saturationFindings(): Promise<Finding[]> {
  const squared = await slopeOf(squaredError, SATURATED, 1);
  const entropy = await slopeOf(crossEntropy, SATURATED, 1);
  return [
    {
      name: `logistic unit at z = −10, target 1: slope of the squared error ${squared.toExponential(2)}, away from −4.54e-5`,
      metric: 'slopeDifference',
      value: Math.abs(squared + 4.54e-5),
      bar: { metric: 'slopeDifference', atMost: 5e-8 },
    },
    {
      name: `the same with cross-entropy: ${entropy.toFixed(5)}, away from −0.99995`,
      metric: 'slopeDifference',
      value: Math.abs(entropy + 0.99995),
      bar: { metric: 'slopeDifference', atMost: 5e-6 },
    },
  ];
}
