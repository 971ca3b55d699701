import { at } from '../../util/errors.ts';
import type { Bar } from '../card.ts';
import type { Finding } from '../study.ts';
import type { Learned, Setting } from './learning.ts';
import { type LectureCase, signsAreXor } from './lecture.ts';

/** The lecture prints four digits after the point. */
const PRINTED = 5e-5;

/** Whether the lecture's weights answer as worked out by hand, and whether that is XOR. */
export function lectureFindings(
  cases: readonly LectureCase[],
  answers: readonly (readonly number[])[],
): Finding[] {
  return cases.flatMap((one, index): Finding[] => {
    const given = at(answers, index);
    const right = Number(signsAreXor(given) === one.isXor);
    return [
      {
        name: `lecture's weights, ${one.name}: outputs ${given.map((x) => Number(x.toFixed(4))).join(', ')}`,
        metric: 'outputDifference',
        value: Math.max(...given.map((x, i) => Math.abs(x - at(one.expected, i)))),
        bar: { metric: 'outputDifference', atMost: PRINTED },
      },
      {
        name: `lecture's weights, ${one.name}: the signs are ${one.isXor ? '' : 'not '}XOR`,
        metric: 'asExpected',
        value: right,
        bar: { metric: 'asExpected', atLeast: 1 },
      },
    ];
  });
}

/** What must be solved, where the table has a bar. */
const SOLVED_BARS: Readonly<Record<string, number>> = {
  'tanh-2': 0.8,
  'tanh-4': 0.99,
  'relu-2': 0.1,
  'relu-16': 0.97,
};

/** Two ReLUs are too few for most starts: at most this share may be solved. */
const MOST_OF_TWO_RELUS = 0.25;

export function nameOf({ squash, hidden }: Setting): string {
  return `${squash}-${hidden}`;
}

/** The table of what was learned. */
export function learnedFindings(settings: readonly Setting[], results: readonly Learned[]): Finding[] {
  return settings.flatMap((setting, index): Finding[] => {
    const { solved, deadAmongUnsolved } = at(results, index);
    const name = nameOf(setting);
    const atLeast = SOLVED_BARS[name];
    const bar: { bar?: Bar } = atLeast === undefined ? {} : { bar: { metric: 'solvedFraction', atLeast } };
    const row: Finding = { name: `learned, ${name}`, metric: 'solvedFraction', value: solved, ...bar };
    return name === 'relu-2' ? [row, ...deadFindings(solved, deadAmongUnsolved)] : [row];
  });
}

function deadFindings(solved: number, dead: number): Finding[] {
  return [
    {
      name: 'learned, relu-2: not solved, since units die',
      metric: 'unsolvedFraction',
      value: 1 - solved,
      bar: { metric: 'unsolvedFraction', atLeast: 1 - MOST_OF_TWO_RELUS },
    },
    { name: 'relu-2, unsolved networks with a dead unit', metric: 'deadFraction', value: dead },
  ];
}
