import { tensor } from '../../ops/index.ts';
import { at } from '../../util/errors.ts';
import { INPUTS, lectureWeights, outputs, type Squash, TARGETS } from './network.ts';

/** One function with the lecture's weights. */
export interface LectureCase {
  readonly name: string;
  readonly squash: Squash;
  /** Whether the inputs are 0 and 1, or -1 and 1. */
  readonly inputs: 'zero and one' | 'minus and plus one';
  /** Outputs for 00, 01, 10, 11, worked out by hand. */
  readonly expected: readonly number[];
  /** Whether the signs of the outputs are XOR. */
  readonly isXor: boolean;
}

export const LECTURE_CASES: readonly LectureCase[] = [
  { name: 'ReLU', squash: 'relu', inputs: 'zero and one', expected: [-1, 1, 1, -1], isXor: true },
  { name: 'step', squash: 'step', inputs: 'zero and one', expected: [-1, 3, 3, -1], isXor: true },
  {
    name: 'sigmoid',
    squash: 'sigmoid',
    inputs: 'zero and one',
    expected: [2.0203, 2.2195, 2.2195, 2.0203],
    isXor: false,
  },
  {
    name: 'tanh',
    squash: 'tanh',
    inputs: 'zero and one',
    expected: [-4.6969, -2.7721, -2.7721, -4.6969],
    isXor: false,
  },
  { name: 'sign', squash: 'sign', inputs: 'zero and one', expected: [-9, -1, -1, -9], isXor: false },
  {
    name: 'ReLU, inputs −1 and 1',
    squash: 'relu',
    inputs: 'minus and plus one',
    expected: [-1, 5, 5, -1],
    isXor: true,
  },
];

/** What the lecture's network answers. */
export async function answersOf({ squash, inputs }: LectureCase): Promise<number[]> {
  const rows = INPUTS.map((row) => row.map((bit) => (inputs === 'zero and one' ? bit : 2 * bit - 1)));
  return [...(await outputs(tensor(rows), lectureWeights(), squash).data())];
}

/** Whether the answers are positive exactly where XOR is 1. */
export function signsAreXor(answers: readonly number[]): boolean {
  return answers.every((answer, i) => answer > 0 === (at(TARGETS, i) === 1));
}
