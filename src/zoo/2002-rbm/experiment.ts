import { mnist } from '../../data/mnist.ts';
import { tensor } from '../../ops/create.ts';
import type { AnnealingOptions, RbmParameters } from '../../pretraining/index.ts';
import type { Findings, Lab, Progress } from '../study.ts';
import {
  type BinaryDigits,
  binaryDigits,
  independentLogLikelihood,
  PIXELS,
  pixelFrequencies,
} from './digits.ts';
import { rbmFigures } from './figures.ts';
import { rbmFindings } from './findings.ts';
import { type Learning, learnMachine, machineOf, reconstructionError } from './machines.ts';
import type { ChainPictures, LargeMachine, SmallMachine } from './measured.ts';

type Annealing = Pick<AnnealingOptions, 'chains' | 'temperatures'>;

/** How much is learned, and how the large machine is measured. */
export interface RbmSettings {
  readonly trainCount: number;
  readonly testCount: number;
  /** Few hidden units by contrastive divergence and by its persistent form, and many units. */
  readonly cd: Learning;
  readonly pcd: Learning;
  readonly large: Learning & { readonly hidden: number };
  /** How the partition functions are estimated. One chain that strays moves the mean of few, however slowly it cools. */
  readonly annealing: { readonly small: Annealing; readonly large: Annealing };
  /** Gibbs steps after which the chains are shown. */
  readonly shownSteps: readonly number[];
}

/** Chosen on the last 10,000 training images. */
export const SETTINGS: RbmSettings = {
  trainCount: 60_000,
  testCount: 10_000,
  cd: { method: 'cd', epochs: 10, learningRate: 0.1 },
  pcd: { method: 'pcd', epochs: 20, learningRate: 0.1 },
  large: { method: 'pcd', epochs: 10, learningRate: 0.1, hidden: 500 },
  annealing: { small: { chains: 500, temperatures: 5000 }, large: { temperatures: 4000 } },
  shownSteps: [0, 1, 10, 100, 1000],
};

/** Ends in seconds. */
export const SHORT_SETTINGS: RbmSettings = {
  trainCount: 6000,
  testCount: 1000,
  cd: { method: 'cd', epochs: 8, learningRate: 0.2 },
  pcd: { method: 'pcd', epochs: 8, learningRate: 0.2 },
  large: { method: 'pcd', epochs: 2, learningRate: 0.1, hidden: 100 },
  annealing: { small: { temperatures: 200 }, large: { temperatures: 300 } },
  shownSteps: [0, 1, 10, 50],
};

/** Few enough to go through all 65,536 hidden states. */
const SMALL_HIDDEN = 16;

/** Chains that are shown. */
const SHOWN_CHAINS = 10;

/** Images to learn from and to measure on. */
interface Digits {
  readonly train: BinaryDigits;
  readonly test: BinaryDigits;
  readonly frequencies: Float64Array;
}

/** Learns binarised digits by CD-1 and by PCD-1, and measures what reconstruction errors do not tell. */
export async function runRbm(lab: Lab, settings: RbmSettings): Promise<Findings> {
  const { train, test, source } = await mnist(lab.dataOptions);
  const seen = binaryDigits(train, settings.trainCount);
  const digits = {
    train: seen,
    test: binaryDigits(test, settings.testCount),
    frequencies: pixelFrequencies(seen),
  };
  const cd = await smallMachine(lab, digits, settings.cd, settings.annealing.small);
  const pcd = await smallMachine(lab, digits, settings.pcd, settings.annealing.small);
  const parameters = await lab.part(`PCD-1, ${settings.large.hidden} hidden units`, async (progress) => {
    const machine = { hidden: settings.large.hidden, seed: lab.seed, visibleMeans: digits.frequencies };
    return kept(await learnMachine(digits.train, machine, settings.large, progress));
  });
  const large = await largeMachine(lab, digits, parameters, settings);
  const chains = await lab.part('chains', (progress) =>
    runChains(lab, digits, parameters, settings, progress),
  );
  const measured = { independent: independentLogLikelihood(digits.test, digits.frequencies), cd, pcd, large };
  return {
    ...rbmFindings(measured),
    data: `MNIST, a pixel is on above half ink; ${source.location}`,
    figures: rbmFigures({ ...measured, chains }),
  };
}

/** Learns a machine of 16 hidden units and measures it exactly. */
function smallMachine(
  lab: Lab,
  digits: Digits,
  learning: Learning,
  annealing: Annealing,
): Promise<SmallMachine> {
  return lab.part(`${learning.method.toUpperCase()}-1, ${SMALL_HIDDEN} hidden units`, async (progress) => {
    const { seed } = lab;
    const sizes = { hidden: SMALL_HIDDEN, seed, visibleMeans: digits.frequencies };
    const machine = await learnMachine(digits.train, sizes, learning, (done) => progress(0.9 * done));
    const exact = await machine.logPartition();
    const estimate = await machine.estimateLogPartition({
      seed,
      ...annealing,
      visibleMeans: digits.frequencies,
      onProgress: (done) => progress(0.9 + 0.1 * done, 'annealing'),
    });
    return {
      logLikelihood: await machine.logLikelihood(digits.test, exact),
      logPartition: exact,
      estimated: estimate.logPartition,
      reconstruction: await reconstructionError(machine, digits.test),
      weights: (await machine.parameters()).weights,
    };
  });
}

/** Estimates the likelihood of a machine that is too large to enumerate. */
function largeMachine(
  lab: Lab,
  digits: Digits,
  parameters: RbmParameters,
  { large, annealing }: RbmSettings,
): Promise<LargeMachine> {
  return lab.part('annealed importance sampling', async (progress) => {
    const machine = machineOf(parameters, large.hidden, lab.seed);
    const { logPartition, low, high } = await machine.estimateLogPartition({
      seed: lab.seed,
      ...annealing.large,
      visibleMeans: digits.frequencies,
      onProgress: progress,
    });
    return {
      hidden: large.hidden,
      logLikelihood: await machine.logLikelihood(digits.test, logPartition),
      // a larger partition function makes every likelihood smaller
      low: await machine.logLikelihood(digits.test, high),
      high: await machine.logLikelihood(digits.test, low),
      reconstruction: await reconstructionError(machine, digits.test),
      weights: parameters.weights,
    };
  });
}

/** Takes chains from test digits, and looks at them now and then. */
async function runChains(
  lab: Lab,
  { test }: Digits,
  parameters: RbmParameters,
  { large, shownSteps }: RbmSettings,
  progress: Progress,
): Promise<ChainPictures> {
  const machine = machineOf(parameters, large.hidden, lab.seed);
  let states = tensor(Float32Array.from(test.data.subarray(0, SHOWN_CHAINS * PIXELS)), [
    SHOWN_CHAINS,
    PIXELS,
  ]);
  let means = states;
  let done = 0;
  const pictures: { step: number; pixels: Float32Array }[] = [];
  for (const step of shownSteps) {
    if (step > done) ({ states, means } = await machine.gibbs(states, { steps: step - done }));
    done = step;
    pictures.push({ step, pixels: (await means.data()) as Float32Array });
    await progress(pictures.length / shownSteps.length);
  }
  return pictures;
}

async function kept(machine: { parameters(): Promise<RbmParameters> }) {
  return { ...(await machine.parameters()) };
}
