import { panels, planeChart } from '../../plot/index.ts';
import { at } from '../../util/errors.ts';
import type { Figure } from '../study.ts';
import { PLANE } from './density.ts';
import { ANSWERS, QUESTIONS } from './parabola.ts';
import { RING } from './ring.ts';

/** What is drawn of one trained landscape of the parabola. */
export interface DrawnParabola {
  readonly name: string;
  readonly energies: Float32Array;
  readonly chosen: Float32Array;
}

const questions = Float32Array.from(
  { length: QUESTIONS.count },
  (_, i) => QUESTIONS.from + ((QUESTIONS.to - QUESTIONS.from) * i) / (QUESTIONS.count - 1),
);

/** E(x, y) of each loss over questions and answers, all on one scale. */
export function parabolaFigure(drawn: readonly DrawnParabola[]): Figure {
  const charts = drawn.map(({ name, energies, chosen }) =>
    planeChart({
      title: name,
      x: { label: 'question x', range: [QUESTIONS.from, QUESTIONS.to] },
      y: { label: 'answer y', range: [ANSWERS.from, ANSWERS.to] },
      field: {
        columns: QUESTIONS.count,
        rows: ANSWERS.count,
        values: aboveLeast(energies),
        colours: 'grey',
        range: [0, ENERGY_SHOWN],
      },
      paths: [{ name: 'answer of least energy', x: questions, y: chosen }],
      width: 330,
    }),
  );
  return {
    title: 'Six landscapes for y = x²',
    caption:
      'Energy of every answer above the best one of its question (dark is low), learnt from 200 points of the parabola. Two ' +
      'networks that only pull right answers down become constant: all answers cost the same. Losses that push wrong ' +
      'answers up as well leave a valley.',
    svg: panels({ title: 'Energies of answers to "what is x squared?"', columns: 3, panels: charts }),
  };
}

/** Energies from here on are drawn alike. */
const ENERGY_SHOWN = 1;

/** Energies above the least of the same question, [answers, questions]. */
function aboveLeast(energies: Float32Array): Float32Array {
  const least = new Float32Array(QUESTIONS.count).fill(Number.POSITIVE_INFINITY);
  energies.forEach((energy, i) => {
    const question = i % QUESTIONS.count;
    least[question] = Math.min(at(least, question), energy);
  });
  return energies.map((energy, i) => energy - at(least, i % QUESTIONS.count));
}

/** What is drawn of the ring's landscape. */
export interface DrawnRing {
  /** [cells, cells] */
  readonly energies: Float32Array;
  /** Where chains ended, [chains, 2]. */
  readonly points: Float32Array;
  /** Ways of some chains, [steps, pathCount, 2]. */
  readonly paths: Float32Array;
  readonly pathCount: number;
}

/** Nats above the lowest energy that are told apart in the picture. */
const DEPTH_SHOWN = 14;
const POINTS_SHOWN = 600;
const STEPS_SHOWN = 250;

/** The learnt energy of eight Gaussians, with ways of Langevin's equation and where they lead. */
export function ringFigure(drawn: DrawnRing): Figure {
  const least = drawn.energies.reduce((a, b) => Math.min(a, b));
  const plane = { label: '', range: [PLANE.from, PLANE.to] as const };
  const field = {
    columns: PLANE.cells,
    rows: PLANE.cells,
    values: drawn.energies,
    colours: 'grey',
    range: [least, least + DEPTH_SHOWN],
  } as const;
  const shown = Math.min(POINTS_SHOWN, drawn.points.length / 2);
  const ends = { name: 'where chains are at the end', ...column(drawn.points, 0, 1, shown) };
  const walks = Array.from({ length: drawn.pathCount }, (_, chain) =>
    column(drawn.paths, chain, drawn.pathCount, STEPS_SHOWN),
  );
  const begins = walks.map(({ x, y }) => [at(x, 0), at(y, 0)] as const);
  const starts = { name: 'where they begin', x: begins.map(([x]) => x), y: begins.map(([, y]) => y) };
  // what is not finite ends a line
  const joined = (axis: 'x' | 'y') => walks.flatMap((one) => [...one[axis], Number.NaN]);
  const paths = { name: `${walks.length} chains`, x: joined('x'), y: joined('y') };
  return {
    title: 'A landscape learnt without its volume',
    caption:
      `Energy learnt from points of ${RING.modes} Gaussians by denoising score matching (dark is low). Left: noisy descents ` +
      'run into the nearest valley and then wander in it. Right: chains at their end, spread as the data is.',
    svg: panels({
      title: 'Energy of eight Gaussians, with Langevin paths',
      columns: 2,
      panels: [
        planeChart({
          title: 'Paths of Langevin dynamics',
          x: plane,
          y: plane,
          field,
          points: [starts],
          paths: [paths],
        }),
        planeChart({ title: 'Samples', x: plane, y: plane, field, points: [ends] }),
      ],
    }),
  };
}

/** Every `stride`-th point of a list of points, from `first` on. */
function column(
  points: Float32Array,
  first: number,
  stride: number,
  count: number,
): { x: number[]; y: number[] } {
  const length = Math.min(count, points.length / 2 / stride);
  const pick = (axis: number) =>
    Array.from({ length }, (_, i) => points[2 * (i * stride + first) + axis] ?? Number.NaN);
  return { x: pick(0), y: pick(1) };
}
