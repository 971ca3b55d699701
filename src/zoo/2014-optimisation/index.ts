import { mnist } from '../../data/mnist.ts';
import { defineStudy, type Findings, type Lab } from '../study.ts';
import { defineSystem } from '../system.ts';
import { CONTENDERS } from './contenders.ts';
import { type CurvatureWay, descendByCurvature, measureContractions, SCIPY_COUNTS } from './curvature.ts';
import type { Descent } from './descent.ts';
import { type DigitSettings, learnDigits } from './digits.ts';
import { drawDigits, drawHeights, drawPaths, drawRangeTests } from './figures.ts';
import {
  contractionFindings,
  countDeviation,
  countFindings,
  curvatureFindings,
  digitFindings,
} from './findings.ts';
import { race } from './race.ts';

interface Settings {
  /** Contenders that may need more steps are left out. */
  readonly longestRace: number;
  readonly digits: DigitSettings;
}

const FULL: Settings = {
  longestRace: 50_000,
  digits: {
    train: 60_000,
    test: 10_000,
    batchSize: 16,
    rangeTests: 5,
    rangeSteps: 200,
    networks: 5,
    bars: { accuracy: 0.985, gain: 1e-4 },
  },
};

const SHORT: Settings = {
  longestRace: 2000,
  digits: { train: 2500, test: 1000, batchSize: 32, rangeTests: 1, rangeSteps: 80, networks: 1 },
};

async function descendAll(lab: Lab, longestRace: number): Promise<Descent[]> {
  const racing = CONTENDERS.filter(({ limit }) => limit <= longestRace);
  const limits = [...new Set(racing.map(({ limit }) => limit))].sort((a, b) => a - b);
  const descents: Descent[] = [];
  for (const limit of limits) {
    const group = racing.filter((contender) => contender.limit === limit);
    const ways = await lab.part(`descents of ${limit} steps`, (progress) => race(group, { limit }, progress));
    group.forEach((contender, i) => {
      const way = ways[i];
      if (way) descents.push({ ...contender, way });
    });
  }
  return descents;
}

async function run(lab: Lab, { longestRace, digits: settings }: Settings): Promise<Findings> {
  const dataset = await mnist(lab.dataOptions);
  const descents = await descendAll(lab, longestRace);
  const curved: CurvatureWay[] = [];
  for (const { landscape } of SCIPY_COUNTS) {
    curved.push(await lab.part(`L-BFGS on ${landscape.name}`, () => descendByCurvature(landscape)));
  }
  const contractions = await lab.part('contraction', measureContractions);
  const digits = await learnDigits(lab, dataset, settings);
  return {
    value: countDeviation(descents, curved),
    data: dataset.source.location,
    findings: [
      ...countFindings(descents),
      ...curvatureFindings(curved),
      ...contractionFindings(contractions),
      ...digitFindings(digits, settings),
    ],
    figures: [
      ...SCIPY_COUNTS.map(({ landscape }, i) => drawPaths(landscape, descents, curved[i])),
      drawHeights(descents, curved[0]),
      drawRangeTests(digits.tests),
      drawDigits(digits.epochs),
    ],
  };
}

/** From gradient descent to Adam and L-BFGS. Polyak 1964; Nesterov 1983; Liu, Nocedal 1989; Kingma, Ba 2014. */
export const optimisation = defineSystem({
  id: 'optimisation',
  year: 2014,
  title: 'Optimisation: gradient descent to Adam and L-BFGS',
  bar: { metric: 'stepCountDeviation', atMost: 1 },
  study: defineStudy({
    data: ['mnist'],
    budgetSeconds: 300,
    settings: FULL,
    short: { settings: SHORT, bar: { metric: 'stepCountDeviation', atMost: 1 } },
    run,
  }),
});
