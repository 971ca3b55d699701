import { at } from '../../util/errors.ts';
import { defineStudy, type Findings, type Lab } from '../study.ts';
import { defineSystem } from '../system.ts';
import { drawHidden, drawSurfaces, drawTable, LECTURE_SHOWN, learnedNetwork } from './figures.ts';
import { learnedFindings, lectureFindings, nameOf } from './findings.ts';
import { type Learned, learnXor, type Setting } from './learning.ts';
import { answersOf, LECTURE_CASES } from './lecture.ts';

interface Settings {
  readonly networks: number;
  readonly steps: number;
  readonly kinds: readonly Setting[];
}

const kindsOf = (squash: Setting['squash'], counts: readonly number[]) =>
  counts.map((hidden): Setting => ({ squash, hidden }));

/** The one the card asks for. */
const HEADLINE = 'tanh-4';
/** The one whose hidden units are shown. */
const EXAMPLE = 'tanh-2';

const FULL: Settings = {
  networks: 1000,
  steps: 2000,
  kinds: [
    ...kindsOf('relu', [2, 3, 4, 8, 16]),
    ...kindsOf('tanh', [2, 3, 4]),
    ...kindsOf('sigmoid', [2, 3, 4]),
  ],
};

const SHORT: Settings = {
  networks: 1000,
  steps: 2000,
  kinds: [...kindsOf('relu', [2]), ...kindsOf('tanh', [2, 4])],
};

async function run(lab: Lab, { networks, steps, kinds }: Settings): Promise<Findings> {
  const answers: number[][] = [];
  for (const one of LECTURE_CASES) answers.push(await answersOf(one));
  const results: Learned[] = [];
  for (const [index, setting] of kinds.entries()) {
    const size = { networks, steps };
    results.push(
      await lab.part(nameOf(setting), (progress) => learnXor(lab.seed, index, setting, size, progress)),
    );
  }
  const resultOf = (name: string) =>
    at(
      results,
      kinds.findIndex((kind) => nameOf(kind) === name),
    );
  const { example } = resultOf(EXAMPLE);
  const learned = example.length > 0 ? learnedNetwork(example, { squash: 'tanh', hidden: 2 }) : undefined;
  const relu = at(LECTURE_SHOWN, 0);
  return {
    value: resultOf(HEADLINE).solved,
    data: 'the four inputs of XOR',
    findings: [...lectureFindings(LECTURE_CASES, answers), ...learnedFindings(kinds, results)],
    figures: [
      await drawSurfaces(learned),
      await drawHidden(learned ? [relu, learned] : [relu]),
      drawTable(kinds, results, networks),
    ],
  };
}

/** XOR, which a line cannot do and one hidden layer can. Minsky and Papert 1969. */
export const xor = defineSystem({
  id: 'xor',
  year: 1969,
  title: 'XOR and the hidden layer',
  bar: { metric: 'solvedFraction', atLeast: 0.99 },
  study: defineStudy<Settings>({
    data: [],
    budgetSeconds: 60,
    settings: FULL,
    short: { settings: SHORT, bar: { metric: 'solvedFraction', atLeast: 0.99 } },
    run,
  }),
});
