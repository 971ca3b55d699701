import { mnist } from '../../data/mnist.ts';
import { sgd } from '../../optimizers/index.ts';
import { pretrainStack } from '../../pretraining/index.ts';
import type { Findings, Lab } from '../study.ts';
import { type DigitSize, digitRows, oneOfEach } from './digits.ts';
import { autoencoderFigures } from './figures.ts';
import { autoencoderFindings } from './findings.ts';
import { principalComponents } from './principal-components.ts';
import { type DigitParts, fallingAdam, trainAutoencoder } from './training.ts';

/** How much is learnt. */
export interface AutoencoderSettings {
  readonly trainCount: number;
  readonly testCount: number;
  /** Pixels along a side of the images. */
  readonly side: DigitSize['side'];
  /** Units from the pixels to the code. */
  readonly sizes: readonly number[];
  readonly pretrainEpochs: number;
  readonly epochs: number;
  /** Of networks without hidden layers beside the code. */
  readonly shallowEpochs: number;
  /** Of the network that is given no start. */
  readonly controlEpochs: number;
}

/** Chosen on the last 10,000 training images. */
export const SETTINGS: AutoencoderSettings = {
  trainCount: 60_000,
  testCount: 10_000,
  side: 28,
  sizes: [784, 1000, 500, 250, 30],
  pretrainEpochs: 5,
  epochs: 20,
  shallowEpochs: 15,
  controlEpochs: 3,
};

/** Ends in seconds, on images of a quarter of the pixels. */
export const SHORT_SETTINGS: AutoencoderSettings = {
  trainCount: 2000,
  testCount: 500,
  side: 14,
  sizes: [196, 120, 60, 30],
  pretrainEpochs: 20,
  epochs: 60,
  shallowEpochs: 60,
  controlEpochs: 3,
};

/** Numbers that a code has in every network. */
const CODE = 30;
const BATCH = 100;

/** Peak rates, chosen on the last 10,000 training images. */
const RATES = { deep: 0.001, shallow: 0.003 };

/**
 * Of gradient descent without a start; the loss is a mean over 784 pixels, so that on the sum it would be a hundredth. As
 * large as it may be for training to stay calm.
 */
const CONTROL_RATE = 10;

/** Principal components, networks as shallow as them, and the deep autoencoder with its start and without one. */
export async function runAutoencoder(lab: Lab, settings: AutoencoderSettings): Promise<Findings> {
  const { train, test, source } = await mnist(lab.dataOptions);
  const { side } = settings;
  const parts: DigitParts = {
    train: digitRows(train, { limit: settings.trainCount, side }),
    test: digitRows(test, { limit: settings.testCount, side }),
    shown: oneOfEach(test, side),
  };
  const components = await lab.part('principal components', () => principalComponents(CODE, parts));
  const linear = await trainShallow(lab, parts, settings, 'linear');
  const simple = await trainShallow(lab, parts, settings, 'simple');
  const logistic = await trainShallow(lab, parts, settings, 'logistic');
  const control = await trainControl(lab, parts, settings);
  const deep = await trainDeep(lab, parts, settings);
  const measured = { components, linear, simple, logistic, control, deep };
  return {
    ...autoencoderFindings(measured, parts.shown.shape[1]),
    data: `MNIST, values in 0 to 1; ${source.location}`,
    figures: autoencoderFigures(measured, parts.shown),
  };
}

/** Networks of one layer up and one down: what they compute, and what they are told to make small. */
const SHALLOW = {
  linear: { name: 'linear autoencoder', code: 'linear', output: 'linear', loss: 'meanSquaredError' },
  simple: {
    name: 'autoencoder of the lecture',
    code: 'tanh',
    output: 'tanh',
    loss: 'meanSquaredError',
  },
  logistic: { name: 'logistic PCA', code: 'linear', output: 'sigmoid', loss: 'binaryCrossentropy' },
} as const;

function trainShallow(
  { seed, signal, part }: Lab,
  parts: DigitParts,
  { shallowEpochs: epochs, trainCount: count }: AutoencoderSettings,
  kind: keyof typeof SHALLOW,
) {
  const { name, code, output, loss } = SHALLOW[kind];
  const network = {
    sizes: [parts.train.shape[1], CODE],
    seed,
    codeActivation: code,
    outputActivation: output,
  };
  const optimizer = fallingAdam(RATES.shallow, { count, epochs, batchSize: BATCH });
  return part(name, async (progress) => {
    const plan = { network, loss, optimizer, epochs, batchSize: BATCH };
    return { ...(await trainAutoencoder(plan, parts, { signal, progress })) };
  });
}

/** The deep network from random weights, by gradient descent alone. */
function trainControl({ seed, signal, part }: Lab, parts: DigitParts, settings: AutoencoderSettings) {
  return part('deep autoencoder without a start', async (progress) => {
    const plan = {
      network: { sizes: settings.sizes, seed },
      loss: 'binaryCrossentropy',
      optimizer: sgd({ learningRate: CONTROL_RATE }),
      epochs: settings.controlEpochs,
      batchSize: BATCH,
    } as const;
    return { ...(await trainAutoencoder(plan, parts, { signal, progress })) };
  });
}

/** A stack of machines, laid out and trained as a whole. */
async function trainDeep({ seed, signal, part }: Lab, parts: DigitParts, settings: AutoencoderSettings) {
  const { sizes, epochs, trainCount: count } = settings;
  const machines = await part('stack of machines', async (progress) => {
    const stack = await pretrainStack({
      sizes,
      data: parts.train,
      epochs: settings.pretrainEpochs,
      seed,
      topUnits: 'gaussian',
      onProgress: progress,
      signal,
    });
    await progress(1);
    return Promise.all(stack.map(async (machine) => ({ ...(await machine.parameters()) })));
  });
  return part('deep autoencoder', async (progress) => {
    const plan = {
      network: { sizes, seed, machines },
      loss: 'binaryCrossentropy',
      optimizer: fallingAdam(RATES.deep, { count, epochs, batchSize: BATCH }),
      epochs,
      batchSize: BATCH,
    } as const;
    return { ...(await trainAutoencoder(plan, parts, { signal, progress })) };
  });
}
