import { at } from '../../util/errors.ts';
import type { Finding } from '../study.ts';
import { type ContractionResult, type CurvatureWay, KNOWN_CONTRACTIONS, SCIPY_COUNTS } from './curvature.ts';
import type { Descent } from './descent.ts';
import type { DigitResult, DigitSettings } from './digits.ts';

const NUMPY = 'NumPy, double precision';
const SCIPY = 'SciPy 1.17, L-BFGS-B, tol 1e-12';

/** Steps by which a descent is off: all of them if it should have arrived and did not, or the other way round. */
function deviationOf({ known, limit, way: { steps } }: Descent): number {
  if (known === null) return steps === null ? 0 : limit - steps;
  return Math.abs((steps ?? limit) - known);
}

function curvatureDeviations(ways: readonly CurvatureWay[]): number[] {
  return ways.flatMap(({ iterations, evaluations }, i) => {
    const known = at(SCIPY_COUNTS, i);
    return [Math.abs(iterations - known.iterations), Math.abs(evaluations - known.evaluations)];
  });
}

/** The largest number of steps by which a descent is off. */
export function countDeviation(descents: readonly Descent[], ways: readonly CurvatureWay[]): number {
  return Math.max(...descents.map(deviationOf), ...curvatureDeviations(ways));
}

export function countFindings(descents: readonly Descent[]): Finding[] {
  return descents.flatMap((descent): Finding[] => {
    const { name, landscape, known, limit, way } = descent;
    const what = `${landscape.name}, ${name}`;
    if (known === null) {
      return [
        {
          name: `${what}: lowest height in ${limit} steps`,
          metric: 'height',
          value: way.heights.reduce((least, height) => Math.min(least, height), Number.POSITIVE_INFINITY),
          bar: { metric: 'height', atLeast: 1e-6 },
        },
      ];
    }
    return [
      {
        name: `${what}: steps to 1e-6`,
        metric: 'steps',
        value: way.steps ?? Number.POSITIVE_INFINITY,
        bar: { metric: 'steps', atMost: known + 1 },
        published: { value: known, where: NUMPY },
      },
      {
        name: `${what}: off by`,
        metric: 'stepCountDeviation',
        value: deviationOf(descent),
        bar: { metric: 'stepCountDeviation', atMost: 1 },
      },
    ];
  });
}

export function curvatureFindings(ways: readonly CurvatureWay[]): Finding[] {
  return ways.flatMap(({ iterations, evaluations }, i): Finding[] => {
    const known = at(SCIPY_COUNTS, i);
    const count = (metric: 'iterations' | 'evaluations', value: number): Finding => ({
      name: `${known.landscape.name}, L-BFGS: ${metric}`,
      metric,
      value,
      bar: { metric, atMost: known[metric] + 1 },
      published: { value: known[metric], where: SCIPY },
    });
    return [count('iterations', iterations), count('evaluations', evaluations)];
  });
}

export function contractionFindings(result: ContractionResult): Finding[] {
  const finding = (name: string, value: number, known: number): Finding => ({
    name: `valley of condition 100, ${name}: factor of a step`,
    metric: 'contraction',
    value,
    bar: { metric: 'contraction', atMost: known + 1e-3 },
    published: { value: known, where: 'Polyak 1964' },
  });
  return [
    finding('gradient descent', result.gradientDescent, KNOWN_CONTRACTIONS.gradientDescent),
    finding('heavy ball', result.heavyBall, KNOWN_CONTRACTIONS.heavyBall),
  ];
}

/** The first two epochs have the bar; the others are plain SGD, at momentum's rate and at its own. */
export function digitFindings({ tests, epochs }: DigitResult, { bars }: DigitSettings): Finding[] {
  const lower = Math.min(...epochs.slice(0, 2).map(({ accuracy }) => accuracy));
  return [
    ...epochs.map(
      ({ name, accuracy }, i): Finding => ({
        name: `LeNet, one epoch of ${name}, mean of the networks`,
        metric: 'testAccuracy',
        value: accuracy,
        ...(bars && i < 2 ? { bar: { metric: 'testAccuracy', atLeast: bars.accuracy } } : {}),
      }),
    ),
    ...epochs.slice(2).map(
      ({ name, accuracy }): Finding => ({
        name: `Adam and momentum above ${name} by`,
        metric: 'accuracyGain',
        value: lower - accuracy,
        ...(bars ? { bar: { metric: 'accuracyGain', atLeast: bars.gain } } : {}),
      }),
    ),
    ...tests.map(
      ({ rival, rate }): Finding => ({ name: `range test of ${rival}`, metric: 'learningRate', value: rate }),
    ),
  ];
}
