import { mnist } from '../../data/mnist.ts';
import type { Findings, Lab } from '../study.ts';
import { sdaFigures } from './figures.ts';
import { sdaFindings } from './findings.ts';
import { type RunResult, type RunSettings, runNetwork, type Start } from './runs.ts';
import { makeVariation, type SplitCounts, type Variation, type VariationParts } from './variations.ts';

/** How much is learnt, from how many images. */
export interface SdaSettings {
  readonly counts: SplitCounts;
  readonly run: RunSettings;
}

/**
 * Chosen on validation images, but for the rate of pretraining (see README.md); epochs so that eight networks fit into
 * eleven minutes on two cores.
 */
export const SETTINGS: SdaSettings = {
  counts: { train: 10_000, validation: 2000, test: 50_000 },
  run: {
    sizes: [784, 1000, 1000, 1000],
    pretrainEpochs: 7,
    pretrainRate: 0.006,
    epochs: 13,
    randomEpochs: 15,
    learningRate: 0.0015,
    hide: 0.25,
    batchSize: 50,
  },
};

/** Ends in seconds. */
export const SHORT_SETTINGS: SdaSettings = {
  counts: { train: 1000, validation: 200, test: 1000 },
  run: {
    sizes: [784, 150, 100],
    pretrainEpochs: 8,
    pretrainRate: 0.003,
    epochs: 12,
    randomEpochs: 12,
    learningRate: 0.003,
    hide: 0.1,
    batchSize: 50,
  },
};

/** A variation and how the networks begin that learn it. */
export interface Plan {
  readonly variation: Variation;
  readonly starts: readonly Start[];
}

/** On digits as they are, noise is told to make little difference, so that control is left out. */
export const PLANS: readonly Plan[] = [
  { variation: 'basic', starts: ['denoising', 'random'] },
  { variation: 'rot', starts: ['denoising', 'noiseless', 'random'] },
  { variation: 'bg-rand', starts: ['denoising', 'noiseless', 'random'] },
];

/** One network of the experiment and what became of it. */
export interface Outcome extends RunResult {
  readonly variation: Variation;
  readonly start: Start;
}

const NAMES: Readonly<Record<Start, string>> = {
  denoising: 'stacked denoising autoencoders',
  noiseless: 'stacked autoencoders without noise',
  random: 'without pretraining',
};

/** Deep networks on three sets of digits, each from several starts. */
export async function runSda(lab: Lab, { counts, run }: SdaSettings): Promise<Findings> {
  const { train, test, source } = await mnist(lab.dataOptions);
  const outcomes: Outcome[] = [];
  const examples: { readonly variation: Variation; readonly images: Uint8Array }[] = [];
  for (const { variation, starts } of PLANS) {
    const parts = makeVariation(variation, [train, test], counts, lab.seed);
    examples.push({ variation, images: parts.train.data.slice(0, EXAMPLES * parts.train.shape[1]) });
    for (const start of starts) outcomes.push(await learn(lab, parts, { variation, start }, run));
  }
  return {
    ...sdaFindings(outcomes),
    data: `MNIST, rotated and before noise by the seed; ${source.location}`,
    figures: sdaFigures(outcomes, examples),
  };
}

/** Images of each variation that are shown. */
const EXAMPLES = 10;

async function learn(
  { seed, signal, part }: Lab,
  parts: VariationParts,
  plan: { readonly variation: Variation; readonly start: Start },
  run: RunSettings,
): Promise<Outcome> {
  const result = await part(`${plan.variation}, ${NAMES[plan.start]}`, async (progress) => ({
    ...(await runNetwork(parts, { ...plan, seed }, run, { signal, progress })),
  }));
  return { ...plan, ...result };
}
