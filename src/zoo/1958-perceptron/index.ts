import { mnist } from '../../data/mnist.ts';
import { defineStudy, type Findings, type Lab } from '../study.ts';
import { defineSystem } from '../system.ts';
import { measureCapacity } from './capacity.ts';
import { bestAgreement, countSeparable, learnedFunctions, xorWeights } from './corners.ts';
import { type DigitSettings, learnDigits } from './digits.ts';
import { drawBounds, drawCapacity, drawDigits, drawLines } from './figures.ts';
import { boundFindings, capacityFindings, countFindings, digitFindings, xorFindings } from './findings.ts';
import { lineHistory } from './lines.ts';
import { boundTrials } from './novikoff.ts';

interface Settings {
  /** Separable sets that are learned. */
  readonly sets: number;
  /** Inputs of the Boolean functions that are counted. */
  readonly inputs: readonly number[];
  readonly capacity: {
    readonly dimensions: number;
    readonly trials: number;
    readonly points: readonly number[];
  };
  readonly digits: DigitSettings;
}

/** Points for each dimension at which Cover's curve has a bar. */
const RATIOS = [1, 1.5, 2, 3] as const;
const XOR_ROUNDS = 5;

const FULL: Settings = {
  sets: 200,
  inputs: [2, 3, 4],
  capacity: {
    dimensions: 20,
    trials: 1000,
    points: [10, 20, 25, 30, 34, 37, 40, 43, 46, 50, 55, 60, 70],
  },
  digits: { passes: 10, train: 60_000, test: 10_000 },
};

const SHORT: Settings = {
  sets: 10,
  inputs: [2, 3],
  capacity: { dimensions: 20, trials: 100, points: [20, 30, 40, 60] },
  digits: { passes: 3, train: 10_000, test: 2000 },
};

async function run(lab: Lab, settings: Settings): Promise<Findings> {
  const dataset = await mnist(lab.dataOptions);
  const history = await lab.part('line', () => lineHistory(lab.seed));
  const bounds = await lab.part('bound', (progress) => boundTrials(lab.seed, settings.sets, progress));
  const learned = await lab.part('two inputs', learnedFunctions);
  const counts = new Map<number, number>();
  for (const inputs of settings.inputs) {
    counts.set(inputs, await lab.part(`${inputs} inputs`, (progress) => countSeparable(inputs, progress)));
  }
  const seen = await lab.part('xor', () => xorWeights(XOR_ROUNDS));
  const curve = await lab.part('capacity', (progress) =>
    measureCapacity(lab.seed, settings.capacity, progress),
  );
  const digits = await lab.part('digits', (progress) =>
    learnDigits(dataset, lab.seed, settings.digits, progress),
  );
  return {
    value: digits.averagedError,
    data: dataset.source.location,
    findings: [
      ...digitFindings(digits),
      ...boundFindings(bounds),
      ...countFindings(counts, learned.length),
      ...xorFindings(seen, bestAgreement(learned)),
      ...capacityFindings(curve, RATIOS),
    ],
    figures: [drawLines(history), drawBounds(bounds), drawCapacity(curve), drawDigits(digits)],
  };
}

/** Rosenblatt's rule: what it learns, how fast, and what it cannot. Rosenblatt 1958, Novikoff 1962, Cover 1965. */
export const perceptronSystem = defineSystem({
  id: 'perceptron',
  year: 1958,
  title: 'Perceptron',
  bar: { metric: 'testError', atMost: 0.085 },
  study: defineStudy<Settings>({
    data: ['mnist'],
    budgetSeconds: 90,
    settings: FULL,
    short: { settings: SHORT, bar: { metric: 'testError', atMost: 0.14 } },
    run,
  }),
});
