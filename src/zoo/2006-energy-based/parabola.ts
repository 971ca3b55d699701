import { linspace, tensor } from '../../ops/create.ts';
import { abs, square, sub } from '../../ops/math/arithmetic.ts';
import { greater } from '../../ops/math/compare.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { expandDims, reshape } from '../../ops/shape/shape.ts';
import { uniform } from '../../random/distributions.ts';
import { foldIn } from '../../random/keys.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { descend } from './descend.ts';
import { type Energies, type EnergyLoss, mostOffending } from './losses.ts';
import { network, networkWeights, type Weights } from './network.ts';

/**
 * Two ways to give a question x and an answer y an energy. `explicit`: |G(x) - y|, a network that answers, and its
 * distance from the answer. `implicit`: |G1(x) - G2(y)|, summed over what both networks give: it can also
 * be made small by two networks that are constant.
 */
export type Architecture = 'explicit' | 'implicit';

/** Answers between which inference chooses, over a little more than the parabola's range [0, 1]. */
export const ANSWERS = { from: -0.25, to: 1.25, count: 76 } as const;

/** Questions at which a landscape is measured and drawn. */
export const QUESTIONS = { from: -1, to: 1, count: 81 } as const;

const SPACING = (ANSWERS.to - ANSWERS.from) / (ANSWERS.count - 1);

/** Answers at least this far from the right one are wrong. */
const TOLERANCE = 0.1;

const HIDDEN = 20;
/** Numbers that both networks of the implicit architecture give. */
const CODE = 10;

/** Training points of the tutorial's demonstration. */
const POINTS = 200;

/** A trained landscape and what is read from it. */
export interface ParabolaResult {
  /** Energies, [answers, questions]: the first row is the least answer. */
  readonly energies: Float32Array;
  /** The answer of least energy for each question. */
  readonly chosen: Float32Array;
  /** Root mean square of chosen answer minus x^2, over the questions. */
  readonly rootMeanSquareError: number;
  /** Energy of the most offending incorrect answer minus that of the right one, mean over the questions. */
  readonly margin: number;
  /** Highest minus lowest energy of the answers, mean over the questions. */
  readonly range: number;
}

/** A landscape to train: whose energy, by which loss. */
export interface ParabolaRun {
  readonly architecture: Architecture;
  readonly loss: EnergyLoss;
  readonly steps: number;
  readonly key: Tensor;
  readonly progress: Progress;
}

/** Learns y = x^2 from 200 points as LeCun et al. 2006 demonstrate it. */
export async function learnParabola(run: ParabolaRun): Promise<ParabolaResult> {
  const { architecture, loss, steps, key, progress } = run;
  const questions = uniform(foldIn(key, 0), [POINTS, 1], { minval: -1 });
  const variables = [
    ...networkWeights(foldIn(key, 1), [1, HIDDEN, architecture === 'explicit' ? 1 : CODE]),
    ...(architecture === 'explicit' ? [] : networkWeights(foldIn(key, 2), [1, HIDDEN, CODE])),
  ];
  const descent = { steps, learningRate: 0.01, key, progress };
  await descend(variables, (weights) => loss(energiesOf(weights, questions)), descent);
  return readLandscape(variables.map((one) => one.read()));
}

/** Energies of the right answers x^2 and of all answers. @param x [batch, 1] */
function energiesOf(weights: Weights, x: Tensor): Energies {
  const answers = answerList();
  const right = square(x);
  return {
    truth: distance(weights, x, right),
    answers: distance(weights, expandDims(x, 1), expandDims(answers, 0)),
    isWrong: greater(abs(sub(reshape(answers, [1, ANSWERS.count]), right)), TOLERANCE),
    spacing: SPACING,
  };
}

/** The energy of pairs whose shapes broadcast: [..., 1] and [..., 1] to [...]. */
function distance(weights: Weights, x: Tensor, y: Tensor): Tensor {
  const [first, second] = [weights.slice(0, 4), weights.slice(4)];
  const code = second.length > 0 ? network(second, y) : y;
  return sum(abs(sub(network(first, x), code)), -1);
}

/** [answers, 1] */
function answerList(): Tensor {
  return reshape(linspace(ANSWERS.from, ANSWERS.to, ANSWERS.count), [ANSWERS.count, 1]);
}

async function readLandscape(weights: Weights): Promise<ParabolaResult> {
  const xs = Float32Array.from(
    { length: QUESTIONS.count },
    (_, i) => QUESTIONS.from + ((QUESTIONS.to - QUESTIONS.from) * i) / (QUESTIONS.count - 1),
  );
  const measure = jit((x: Tensor) => {
    const energies = energiesOf(weights, x);
    return { answers: energies.answers, margins: sub(mostOffending(energies), energies.truth) };
  });
  const { answers, margins } = measure(tensor(xs, [QUESTIONS.count, 1]));
  return summarize(xs, (await answers.data()) as Float32Array, await margins.data());
}

/** @param rows energies, [questions, answers] */
function summarize(xs: Float32Array, rows: Float32Array, margins: ArrayLike<number>): ParabolaResult {
  const energies = new Float32Array(rows.length);
  let range = 0;
  const chosen = xs.map((_, i) => {
    const row = rows.subarray(i * ANSWERS.count, (i + 1) * ANSWERS.count);
    row.forEach((energy, j) => {
      energies[j * QUESTIONS.count + i] = energy;
    });
    const least = Math.min(...row);
    range += (Math.max(...row) - least) / QUESTIONS.count;
    return ANSWERS.from + row.indexOf(least) * SPACING;
  });
  const squares = chosen.map((y, i) => (y - at(xs, i) ** 2) ** 2);
  return {
    energies,
    chosen,
    rootMeanSquareError: Math.sqrt(mean(squares)),
    margin: mean(margins),
    range,
  };
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((a, b) => a + b, 0) / values.length;
}
