import { linspace, tensor } from '../../ops/index.ts';
import { barChart, panels, planeChart } from '../../plot/index.ts';
import { at } from '../../util/errors.ts';
import type { Figure } from '../study.ts';
import { nameOf } from './findings.ts';
import type { Learned, Setting } from './learning.ts';
import {
  hiddenUnits,
  INPUTS,
  lectureWeights,
  outputs,
  type Squash,
  TARGETS,
  type Weights,
} from './network.ts';

const CELLS = 81;
const RANGE = [-0.5, 1.5] as const;

/** A network to look at; answers above the threshold are a yes. */
export interface Shown {
  readonly title: string;
  readonly weights: Weights;
  readonly squash: Squash;
  readonly threshold: number;
}

/** Networks of the lecture: two that compute XOR and two that do not. */
export const LECTURE_SHOWN: readonly Shown[] = (['relu', 'step', 'sigmoid', 'tanh'] as const).map(
  (squash) => ({
    title: `lecture's weights, ${squash === 'relu' ? 'ReLU' : squash}`,
    get weights() {
      return lectureWeights();
    },
    squash,
    threshold: 0,
  }),
);

/** The network that was learned, from the numbers that were kept of it. */
export function learnedNetwork(example: Float32Array, { squash, hidden }: Setting): Shown {
  const part = (from: number, rows: number, columns: number) =>
    tensor(example.slice(from, from + rows * columns), [rows, columns]);
  const weights = {
    hidden: part(0, 2, hidden),
    hiddenBias: part(2 * hidden, 1, hidden),
    output: part(3 * hidden, hidden, 1),
    outputBias: part(4 * hidden, 1, 1),
  };
  return { title: `${nameOf({ squash, hidden })}, learned`, weights, squash, threshold: 0.5 };
}

/** The corners of the square by their answer. */
function cornersBy(place: (corner: number) => readonly number[]) {
  return [0, 1].map((target) => {
    const corners = [...TARGETS.keys()].filter((corner) => TARGETS[corner] === target);
    return {
      name: `XOR ${target}`,
      x: corners.map((corner) => at(place(corner), 0)),
      y: corners.map((corner) => at(place(corner), 1)),
    };
  });
}

async function surface({ title, weights, squash, threshold }: Shown): Promise<string> {
  const places = await linspace(RANGE[0], RANGE[1], CELLS).data();
  const grid = Array.from(places, (y) => Array.from(places, (x) => [x, y])).flat();
  const answers = await outputs(tensor(grid), weights, squash).data();
  return planeChart({
    title,
    x: { label: 'x₁', range: RANGE },
    y: { label: 'x₂', range: RANGE },
    field: {
      columns: CELLS,
      rows: CELLS,
      values: Array.from(answers, (answer) => answer - threshold),
      contours: [0],
    },
    points: cornersBy((corner) => at(INPUTS, corner)),
    width: 300,
  });
}

/** Answers over the square of inputs. */
export async function drawSurfaces(learned: Shown | undefined): Promise<Figure> {
  const shown = learned ? [...LECTURE_SHOWN, learned] : LECTURE_SHOWN;
  const pictures: string[] = [];
  for (const one of shown) pictures.push(await surface(one));
  return {
    title: 'Decision surfaces',
    caption:
      "Orange where the answer is yes, blue where it is no. With the lecture's weights ReLU and step put both yes-corners on the other side from the no-corners; sigmoid and tanh say the same at all four. A learned network makes its own stripe.",
    svg: panels({ title: 'XOR: answers over the inputs', columns: 3, panels: pictures }),
  };
}

/** The plane of the two hidden units, in which a line is enough. */
export async function drawHidden(networks: readonly Shown[]): Promise<Figure> {
  const pictures: string[] = [];
  for (const network of networks) pictures.push(await hiddenPlane(network));
  return {
    title: 'The plane of the hidden units',
    caption:
      'The four inputs as the hidden units see them, and the line where the output changes its answer. No line parts XOR among the inputs; among the hidden units one does.',
    svg: panels({ title: 'XOR in the hidden units', columns: 2, panels: pictures }),
  };
}

async function hiddenPlane({ title, weights, squash, threshold }: Shown): Promise<string> {
  const units = await hiddenUnits(tensor(INPUTS), weights, squash).data();
  const [w1 = 0, w2 = 0] = await weights.output.data();
  const bias = (await weights.outputBias.item()) - threshold;
  const margin = 0.35 * Math.max(...units, 0.5);
  const range = [Math.min(...units) - margin, Math.max(...units) + margin] as const;
  const lineX = [range[0] - 1, range[1] + 1];
  return planeChart({
    title,
    x: { label: 'h₁', range },
    y: { label: 'h₂', range },
    points: cornersBy((corner) => [at(units, 2 * corner), at(units, 2 * corner + 1)]),
    paths: [{ name: 'output on its threshold', x: lineX, y: lineX.map((x) => -(bias + w1 * x) / w2) }],
    width: 380,
  });
}

/** How many networks of each kind solve it. */
export function drawTable(
  settings: readonly Setting[],
  results: readonly Learned[],
  networks: number,
): Figure {
  return {
    title: 'Learning XOR',
    caption: `Share of ${networks} networks of each kind that solve XOR. One lucky seed would have said yes everywhere; two ReLUs fail mostly, since a unit that is zero for all four inputs learns no more.`,
    svg: barChart({
      title: 'Networks that solve XOR',
      groups: settings.map((setting, i) => ({ name: nameOf(setting), values: [at(results, i).solved] })),
      series: ['solved'],
      format: (value) => `${(value * 100).toFixed(1)} %`,
    }),
  };
}
