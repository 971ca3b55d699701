import { lineChart, panels } from '../../plot/index.ts';
import { at } from '../../util/errors.ts';
import { median } from '../../util/median.ts';
import type { Figure } from '../study.ts';
import { type Construction, type Convergence, target } from './constructions.ts';
import { CURVE_PLACES, type LearnedWidth } from './learned.ts';
import { places } from './networks.ts';
import { POLYNOMIAL_PLACES, type PolynomialResult } from './polynomial.ts';

const STEPS_SHOWN = 16;
const LINES_SHOWN = 8;

/** The target with a staircase, straight lines, and what was learned. */
export function drawFits(widths: readonly number[], nets: readonly LearnedWidth[]): Figure {
  const x = { label: 'x' };
  const y = { label: 'f(x)', range: [-1.1, 1.1], ticks: [-1, -0.5, 0, 0.5, 1] } as const;
  const fine = places(0, 1, 201);
  const sine = { name: 'sin 2πx', x: fine, y: fine.map(target) };
  const edges = places(0, 1, STEPS_SHOWN + 1);
  const heights = edges.map((edge) => target(Math.min(edge + 0.5 / STEPS_SHOWN, 1 - 0.5 / STEPS_SHOWN)));
  const knots = places(0, 1, LINES_SHOWN + 1);
  const size = { width: 460, height: 320 };
  const built = lineChart({
    title: `By hand: ${STEPS_SHOWN} steps, ${LINES_SHOWN} straight lines`,
    x,
    y,
    series: [
      sine,
      { name: 'staircase', x: edges, y: heights, style: 'steps' },
      { name: 'ReLU', x: knots, y: knots.map(target) },
    ],
    ...size,
  });
  const shown = widths.map((units, i) => ({ units, curve: at(nets, i).curve })).slice(0, 3);
  const learned = lineChart({
    title: 'Learned: networks of tanh units',
    x,
    y,
    series: [
      sine,
      ...shown.map(({ units, curve }) => ({
        name: `${units} units`,
        x: CURVE_PLACES,
        y: curve,
        style: 'dashed' as const,
      })),
    ],
    ...size,
  });
  return {
    title: 'One hidden layer draws a sine',
    caption:
      'Left, networks whose weights were written down: each unit adds a step, or bends the line once. Right, networks that learned their weights by gradient descent.',
    svg: panels({ title: 'One hidden layer draws a sine', columns: 2, panels: [built, learned] }),
  };
}

interface Built {
  readonly widths: readonly number[];
  readonly built: Readonly<Record<Construction, Convergence>>;
}

interface Learned {
  readonly widths: readonly number[];
  readonly nets: readonly LearnedWidth[];
}

/** The supremum distance against the number of units. */
export function drawConvergence({ widths, built }: Built, learned: Learned): Figure {
  const ticks = [...new Set([...widths, ...learned.widths])].sort((a, b) => a - b);
  const svg = lineChart({
    title: 'How near n hidden units come',
    x: { label: 'hidden units n', scale: 'log', ticks },
    y: { label: 'supremum distance from sin 2πx', scale: 'log' },
    series: [
      { name: 'staircase, n⁻¹', x: widths, y: built.staircase.distances },
      { name: 'straight lines, n⁻²', x: widths, y: built.interpolant.distances },
      {
        name: 'tanh, learned (median)',
        x: learned.widths,
        y: learned.nets.map(({ distances }) => median(distances)),
        style: 'dashed',
      },
    ],
  });
  return {
    title: 'Error against width',
    caption:
      'What exists is not what is found: the hand-built networks go on getting better as their proofs say, the trained ones stop where the optimizer does. Both axes are logarithmic.',
    svg,
  };
}

/** |x| with the best that units x² can do. */
export function drawPolynomials({ values }: PolynomialResult): Figure {
  const svg = lineChart({
    title: 'Units x² make a parabola, however many there are',
    x: { label: 'x', ticks: [-1, -0.5, 0, 0.5, 1] },
    y: { label: 'value', range: [0, 1.2], ticks: [0, 0.5, 1] },
    series: [
      { name: '|x|', x: POLYNOMIAL_PLACES, y: POLYNOMIAL_PLACES.map(Math.abs) },
      { name: 'units x²', x: POLYNOMIAL_PLACES, y: values, style: 'dashed' },
    ],
    height: 320,
  });
  return {
    title: 'Why the activation must not be a polynomial',
    caption:
      'A sum of squares of straight lines is a parabola. The best one is 1/8 off at five places, above and below in turn, so no other is nearer; two rectified units are exact.',
    svg,
  };
}

/** The tent map, once and composed with itself. */
export function drawSawtooth(depth: number): Figure {
  const shown = [1, 3, Math.min(5, depth)];
  const charts = shown.map((layers) => {
    const x = places(0, 1, 2 ** layers + 1);
    return lineChart({
      title: layers === 1 ? '1 layer of 2 units' : `${layers} layers of 2 units: ${2 ** layers} pieces`,
      x: { label: 'x' },
      y: { label: 'value', range: [0, 1.05], ticks: [0, 0.5, 1] },
      series: [{ name: 'value', x, y: Array.from(x, (_, i) => i % 2) }],
      width: 360,
      height: 260,
    });
  });
  return {
    title: 'What depth is good for',
    caption: `Each layer of two units folds the line once more and doubles the pieces, ${2 ** depth} after ${depth}; one hidden layer needs a unit for every piece.`,
    svg: panels({ title: 'The tent map, folded onto itself', columns: 3, panels: charts }),
  };
}
