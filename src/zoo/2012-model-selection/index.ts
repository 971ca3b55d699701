import type { ImageDataset } from '../../data/labelled-images.ts';
import { mnist } from '../../data/mnist.ts';
import { drawValues } from '../../tuning/search/random.ts';
import { at } from '../../util/errors.ts';
import { median } from '../../util/median.ts';
import { defineStudy, type Finding, type Lab } from '../study.ts';
import { defineSystem } from '../system.ts';
import { drawFigures } from './figures.ts';
import { buildNetwork, type Settings, SPACE, splitDigits, validationErrors } from './network.ts';
import { COUNTS, EPOCHS } from './objective.ts';
import {
  bestError,
  finalError,
  type HalvingResult,
  hyperbandOnTable,
  randomBeatsGrid,
  type TableRun,
  tpeAgainstRandom,
} from './table.ts';

interface StudySettings {
  readonly runs: number;
  readonly epochs: number;
  readonly trainCount: number;
  readonly validationCount: number;
}

/** How many layers, how many filters? Bergstra & Bengio 2012; Bergstra et al. 2011; Li et al. 2018. */
export const modelSelection = defineSystem({
  id: 'model-selection',
  year: 2012,
  title: 'Model selection: grid, random, TPE, Hyperband',
  bar: { metric: 'randomBeatsGrid', atLeast: 0.7 },
  search: {
    space: SPACE,
    objective: new URL('./objective.js', import.meta.url),
    metric: 'validationError',
    epochs: EPOCHS,
  },
  study: defineStudy<StudySettings>({
    data: ['mnist'],
    budgetSeconds: 600,
    settings: {
      runs: 200,
      epochs: EPOCHS,
      trainCount: COUNTS.train,
      validationCount: COUNTS.validation,
    },
    short: {
      settings: { runs: 16, epochs: 3, trainCount: 512, validationCount: 256 },
      bar: { metric: 'randomBeatsGrid', atLeast: 0.6 },
    },
    async run(lab, settings) {
      const digits = await mnist(lab.dataOptions);
      const table = await recordTable(lab, digits, settings);
      return {
        value: randomBeatsGrid(table, 1000, lab.seed),
        data: digits.source.location,
        findings: [...(await compareSearches(lab, table)), await testBest(lab, digits, table, settings)],
        figures: drawFigures(table),
      };
    },
  }),
});

/** Runs drawn from the space; ten a part, so that an interruption costs little. */
async function recordTable(
  lab: Lab,
  { train }: ImageDataset,
  { runs, epochs, trainCount, validationCount }: StudySettings,
): Promise<TableRun[]> {
  const digits = splitDigits(train, trainCount, validationCount);
  const all = Array.from({ length: runs }, (_, i) => drawValues(SPACE, lab.seed, i) as Settings);
  const errors: (readonly number[])[] = [];
  for (let from = 0; from < runs; from += 10) {
    const part = all.slice(from, from + 10);
    const found = await lab.part(`runs ${from + 1} to ${from + part.length} of ${runs}`, async (progress) => {
      const curves: number[][] = [];
      for (const settings of part) {
        curves.push(await validationErrors(settings, digits, { epochs, seed: lab.seed, signal: lab.signal }));
        await progress(curves.length / part.length);
      }
      return curves;
    });
    errors.push(...found);
  }
  return all.map((settings, i) => ({ settings, errors: at(errors, i) }));
}

/** One alone says little: it may have drawn the best run of the table, or not. */
const SEARCHES = 20;

async function compareSearches(lab: Lab, table: readonly TableRun[]): Promise<Finding[]> {
  const best = bestError(table);
  let wins = 0;
  const halved: HalvingResult[] = [];
  const trials = Math.min(40, Math.floor(table.length / 2));
  for (let i = 0; i < SEARCHES; i++) {
    const seed = 100 * lab.seed + i;
    halved.push(await hyperbandOnTable(table, 0.25, seed));
    const found = await tpeAgainstRandom(table, trials, seed);
    if (found.tpe <= found.random) wins++;
  }
  const medianError = median(halved.map(({ error }) => error));
  const epochs = table.length * at(table, 0).errors.length;
  return [
    {
      name: `Hyperband, error above the best of the table, median of ${SEARCHES} searches`,
      metric: 'excessError',
      value: medianError - best,
      bar: { metric: 'excessError', atMost: 0.002 },
    },
    {
      name: 'Hyperband, part of the epochs of the table, at most',
      metric: 'epochFraction',
      value: Math.max(...halved.map((one) => one.epochs)) / epochs,
      bar: { metric: 'epochFraction', atMost: 0.25 },
    },
    {
      name: `TPE at least as good as chance after ${trials} trials, of ${SEARCHES} searches`,
      metric: 'searches',
      value: wins,
      bar: { metric: 'searches', atLeast: 12 },
    },
    { name: 'Best of the table', metric: 'validationError', value: best },
  ];
}

/** The network that was chosen, on the test images, which no choice was made on. */
async function testBest(
  lab: Lab,
  { train, test }: ImageDataset,
  table: readonly TableRun[],
  { epochs, trainCount, validationCount }: StudySettings,
): Promise<Finding> {
  const winner = table.reduce((best, run) => (finalError(run) < finalError(best) ? run : best));
  const { layers, filters } = winner.settings;
  const error = await lab.part('the chosen network on test images', async (progress) => {
    const model = buildNetwork(winner.settings, lab.seed);
    const { batchSize } = winner.settings;
    const digits = splitDigits(train, trainCount, validationCount).train;
    await model.fit(digits, { epochs, batchSize, verbose: 0, signal: lab.signal });
    await progress(0.8);
    const { accuracy = 0 } = await model.evaluate(test);
    return 1 - accuracy;
  });
  return {
    name: `The chosen network: ${layers} layers, ${filters} filters first`,
    metric: 'testError',
    value: error,
  };
}
