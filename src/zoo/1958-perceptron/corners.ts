import { maximumMargin, perceptron } from '../../classic/index.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';

/** All inputs of a Boolean function, -1 and 1, in the order --, -+, +-, ++: [2^inputs, inputs]. */
export function cornersOf(inputs: number): number[][] {
  return Array.from({ length: 2 ** inputs }, (_, corner) =>
    Array.from({ length: inputs }, (_, input) => ((corner >> (inputs - 1 - input)) & 1 ? 1 : -1)),
  );
}

/** The answers of Boolean function number `index`, -1 and 1: bit i is the answer at corner i. */
function functionOf(index: number, inputs: number): number[] {
  return Array.from({ length: 2 ** inputs }, (_, corner) => ((index >> corner) & 1 ? 1 : -1));
}

/** Number of XOR among the functions of two inputs. */
export const XOR = 0b0110;

/** Passes that separate every function of two inputs that can be separated; the others go on for ever. */
const MAX_PASSES = 100;

/** Numbers of the two-input functions that Rosenblatt's rule learns. */
export async function learnedFunctions(progress: Progress): Promise<number[]> {
  const corners = cornersOf(2);
  const learned: number[] = [];
  for (let index = 0; index < 16; index++) {
    const report = await perceptron({ maxPasses: MAX_PASSES }).fit(corners, functionOf(index, 2));
    if (report.separated) learned.push(index);
    await progress((index + 1) / 16);
  }
  return learned;
}

/** How many of all functions of so many inputs a plane can compute. */
export async function countSeparable(inputs: number, progress: Progress): Promise<number> {
  const extended = cornersOf(inputs).map((corner) => [...corner, 1]);
  const half = 2 ** (2 ** inputs - 1);
  let count = 0;
  // a function and its negation can be separated together: those with -1 at the last corner are enough
  for (let index = 0; index < half; index++) {
    if (maximumMargin(extended, functionOf(index, inputs)).separable) count += 2;
    if (index % 256 === 255) await progress((index + 1) / half, `${inputs} inputs`);
  }
  return count;
}

/** Weights (b, w1, w2) after each step on the corners of XOR in order, over so many rounds. */
export async function xorWeights(rounds: number): Promise<number[][]> {
  const corners = cornersOf(2);
  const answers = functionOf(XOR, 2);
  const learner = perceptron();
  const seen: number[][] = [];
  for (let step = 0; step < 4 * rounds; step++) {
    await learner.partialFit([at(corners, step % 4)], [at(answers, step % 4)]);
    const { weights, bias } = learner.last;
    seen.push([...(await bias.data()), ...(await weights.data())]);
  }
  return seen;
}

/** The largest share of XOR's corners that one of the given functions answers rightly. */
export function bestAgreement(functions: readonly number[]): number {
  const answers = functionOf(XOR, 2);
  const agreement = functions.map((index) => {
    const given = functionOf(index, 2);
    return answers.filter((answer, corner) => answer === given[corner]).length / answers.length;
  });
  return Math.max(...agreement);
}
