import { describe, expect, it } from 'vitest';
import { at } from '../../util/errors.ts';
import { lectureFindings } from './findings.ts';
import { learnXor } from './learning.ts';
import { answersOf, LECTURE_CASES, signsAreXor } from './lecture.ts';

const ignore = async () => {};

describe("the lecture's weights", () => {
  it.each(LECTURE_CASES)('$name', async (one) => {
    const answers = await answersOf(one);
    answers.forEach((answer, i) => {
      expect(Math.abs(answer - at(one.expected, i))).toBeLessThanOrEqual(5e-5);
    });
    expect(signsAreXor(answers)).toBe(one.isXor);
  });

  it('are compared with the figures worked out by hand', () => {
    const answers = LECTURE_CASES.map(({ expected }) => expected);
    const values = lectureFindings(LECTURE_CASES, answers).map(({ value }) => value);
    expect(values).toEqual(LECTURE_CASES.flatMap(() => [0, 1]));
  });
});

describe('learning', () => {
  const learn = (seed: number, networks: number) =>
    learnXor(seed, 0, { squash: 'tanh', hidden: 4 }, { networks, steps: 600 }, ignore);

  it('solves XOR with four tanh units', async () => {
    const { solved, example } = await learn(1, 50);
    expect(solved).toBeGreaterThan(0.95);
    expect(example).toHaveLength(2 * 4 + 4 + 4 + 1);
  });

  it('depends on the seed alone', async () => {
    expect(await learn(2, 5)).toEqual(await learn(2, 5));
    expect((await learn(2, 5)).example).not.toEqual((await learn(3, 5)).example);
  });
});
