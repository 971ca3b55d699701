import { mnist } from '../../data/mnist.ts';
import { defineStudy, type Findings, type Lab } from '../study.ts';
import { defineSystem } from '../system.ts';
import { type DigitSettings, learnNetwork, measureBoth, showGallery, showPlanes } from './experiment.ts';
import { drawDeformations, drawFiveDigits, drawGallery, drawPlanes, drawShifts } from './figures.ts';
import { digitFindings, fiveDigitFinding } from './findings.ts';
import { type FiveDigitSettings, organiseDigits } from './five-digits.ts';

interface Settings {
  readonly five: FiveDigitSettings;
  /** Share of the networks of 1980 that must solve their task. */
  readonly solvedFraction: number;
  readonly digits: DigitSettings;
  readonly bar: { readonly metric: 'testError'; readonly atMost: number };
}

/** The digit of the picture of all planes. */
const SHOWN_DIGIT = 4;

const BAR = { metric: 'testError', atMost: 0.05 } as const;
const SHORT_BAR = { metric: 'testError', atMost: 0.15 } as const;

const FULL: Settings = {
  five: { networks: 200, presentations: 40, learningShift: 2 },
  solvedFraction: 0.8,
  digits: {
    perClass: 300,
    featurePictures: 3000,
    sweeps: 4,
    testImages: 10_000,
    movedImages: 1000,
    shifts: [0, 1, 2, 3, 4],
  },
  bar: BAR,
};

const SHORT: Settings = {
  five: { networks: 10, presentations: 40, learningShift: 2 },
  solvedFraction: 0.5,
  digits: {
    perClass: 30,
    featurePictures: 100,
    sweeps: 1,
    testImages: 500,
    movedImages: 100,
    shifts: [0, 2],
  },
  bar: SHORT_BAR,
};

async function run(lab: Lab, settings: Settings): Promise<Findings> {
  const { five, digits, bar } = settings;
  const dataset = await mnist(lab.dataOptions);
  const organised = await lab.part('five digits', (progress) => organiseDigits(lab.seed, five, progress));
  const learned = await learnNetwork(lab, dataset, digits);
  const { network, nearest } = await measureBoth(lab, dataset, learned, digits);
  const { shifts } = digits;
  return {
    value: network.testError,
    data: dataset.source.location,
    findings: [
      ...digitFindings(network, nearest, { shifts, bar }),
      fiveDigitFinding(organised, settings.solvedFraction),
    ],
    figures: [
      drawPlanes(await showPlanes(lab, dataset, learned, SHOWN_DIGIT), SHOWN_DIGIT),
      drawGallery(await showGallery(lab, dataset, learned)),
      drawShifts(shifts, network.shifts, nearest.shifts),
      drawDeformations(network.deformations, nearest.deformations),
      drawFiveDigits(organised),
    ],
  };
}

/** S-cells that see features, C-cells that let them move: Fukushima 1980, 1988 and 2003. */
export const neocognitron = defineSystem({
  id: 'neocognitron',
  year: 1980,
  title: 'Neocognitron',
  published: { metric: 'testError', value: 0.014, where: 'Fukushima 2003, 3,000 digits of ETL-1' },
  bar: BAR,
  study: defineStudy<Settings>({
    data: ['mnist'],
    budgetSeconds: 300,
    settings: FULL,
    short: { settings: SHORT, bar: SHORT_BAR },
    run,
  }),
});
