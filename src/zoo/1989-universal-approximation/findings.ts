import { at } from '../../util/errors.ts';
import { median } from '../../util/median.ts';
import type { Finding } from '../study.ts';
import { BOUNDS, type Construction, type Convergence } from './constructions.ts';
import type { LearnedWidth, ShallowResult } from './learned.ts';
import { NEAREST_PARABOLA, type PolynomialResult } from './polynomial.ts';
import { shallowBound, type TentResult } from './tent.ts';

/** Medians that 6,000 steps of Adam reached elsewhere. */
const KNOWN_MEDIANS: Readonly<Record<number, number>> = {
  2: 0.107,
  4: 0.014,
  8: 0.006,
  32: 0.007,
  64: 0.004,
};
const LEARNED_BARS: Readonly<Record<number, number>> = { 8: 0.015, 64: 0.006 };

const NAMES: Readonly<Record<Construction, { readonly name: string; readonly exponent: number }>> = {
  staircase: { name: 'staircase of steps', exponent: -1 },
  interpolant: { name: 'straight lines of ReLU', exponent: -2 },
};

/** Rounding of double precision on top of a bound that is met exactly. */
const ROUNDING = 1 + 1e-9;

export function constructionFindings(
  widths: readonly number[],
  built: Readonly<Record<Construction, Convergence>>,
): Finding[] {
  const kinds = ['staircase', 'interpolant'] as const;
  return kinds.flatMap((kind): Finding[] => {
    const { name, exponent } = NAMES[kind];
    const { distances, exponent: fitted } = built[kind];
    const shares = distances.map((distance, i) => distance / BOUNDS[kind](at(widths, i)));
    return [
      {
        name: `${name}: exponent of the error, off from ${exponent}`,
        metric: 'exponentDeviation',
        value: Math.abs(fitted - exponent),
        bar: { metric: 'exponentDeviation', atMost: 0.1 },
      },
      {
        name: `${name}: largest part of its bound`,
        metric: 'partOfBound',
        value: Math.max(...shares),
        bar: { metric: 'partOfBound', atMost: ROUNDING },
      },
    ];
  });
}

export function polynomialFindings(widths: readonly number[], result: PolynomialResult): Finding[] {
  return [
    ...result.distances.map(
      (distance, i): Finding => ({
        name: `|x| by ${widths[i]} units x², the best outputs`,
        metric: 'supremumDistance',
        value: distance,
        bar: { metric: 'supremumDistance', atLeast: NEAREST_PARABOLA - 1e-9 },
        published: { value: NEAREST_PARABOLA, where: 'the best parabola, x² + 1/8' },
      }),
    ),
    {
      name: '|x| by 2 rectified units',
      metric: 'supremumDistance',
      value: result.rectified,
      bar: { metric: 'supremumDistance', atMost: 0 },
    },
  ];
}

export function tentFindings(
  { units, depth }: { readonly units: number; readonly depth: number },
  tent: TentResult,
  shallow: ShallowResult,
): Finding[] {
  const bound = shallowBound(units, depth);
  return [
    {
      name: `tent map, ${depth} layers of 2 units: pieces`,
      metric: 'pieces',
      value: tent.pieces,
      bar: { metric: 'pieces', atLeast: 2 ** depth },
      published: { value: 2 ** depth, where: 'Telgarsky 2015' },
    },
    {
      name: `tent map, ${2 ** depth} alternating points`,
      metric: 'error',
      value: tent.error,
      bar: { metric: 'error', atMost: 0 },
    },
    {
      name: `one layer of ${units} units, the best of ${shallow.errors.length} trained`,
      metric: 'error',
      value: at(shallow.errors, 0),
      bar: { metric: 'error', atLeast: bound },
      published: { value: bound, where: 'no network of that size is better: 1/2 - (n + 2) / 2^(k+1)' },
    },
  ];
}

export function learnedFindings(widths: readonly number[], nets: readonly LearnedWidth[]): Finding[] {
  return nets.map(({ distances }, i): Finding => {
    const units = at(widths, i);
    const [bar, known] = [LEARNED_BARS[units], KNOWN_MEDIANS[units]];
    return {
      name: `${units} tanh units, median of ${distances.length} trained`,
      metric: 'supremumDistance',
      value: median(distances),
      ...(bar === undefined ? {} : { bar: { metric: 'supremumDistance', atMost: bar } }),
      ...(known === undefined
        ? {}
        : { published: { value: known, where: 'not the paper: the same training elsewhere' } }),
    };
  });
}
