import * as layers from '../../layers/index.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { adam } from '../../optimizers/index.ts';
import { oneCycle } from '../../optimizers/schedules.ts';
import type { ModelOptions, TrainingSettings } from '../classification.ts';

/** Chosen on the last 10,000 training images, never on test images. */
export const LENET5_SETTINGS = {
  epochs: 5,
  batchSize: 128,
  validationSplit: 1 / 12,
} as const satisfies TrainingSettings;

/**
 * The network of the lecture's slide, with LeNet-5's counts: uint8 [batch, 28, 28, 1] to class probabilities
 * [batch, 10]. 61,706 parameters.
 */
export function buildLenet5({ seed }: { readonly seed: number }): Sequential {
  return sequential({
    name: 'lenet5',
    seed,
    layers: [
      layers.input({ shape: [28, 28, 1] }),
      layers.rescaling({ scale: 1 / 255 }),
      layers.conv2d({ name: 'c1', filters: 6, kernelSize: 5, padding: 'same', activation: 'tanh' }),
      layers.maxPooling2d({ name: 's2', poolSize: 2 }),
      layers.conv2d({ name: 'c3', filters: 16, kernelSize: 5, activation: 'tanh' }),
      layers.maxPooling2d({ name: 's4', poolSize: 2 }),
      layers.flatten({ name: 'vec' }),
      layers.dense({ name: 'c5', units: 120, activation: 'tanh' }),
      layers.dense({ name: 'f6', units: 84, activation: 'tanh' }),
      layers.dense({ name: 'output', units: 10, activation: 'softmax' }),
    ],
  });
}

/** What a search may change beside the settings of the training. */
export interface Lenet5Rates {
  /** Peak of the one-cycle schedule. */
  readonly maxLearningRate: number;
  /** Decoupled from the gradient (AdamW): at the peak a step shrinks weights by the product of the two. */
  readonly weightDecay: number;
}

const RATES: Lenet5Rates = { maxLearningRate: 0.006, weightDecay: 0.2 };

/** `buildLenet5` with its loss and optimizer: Adam, its rate one cycle over the whole training. */
export function lenet5ForTraining(
  { seed, settings, trainCount }: ModelOptions,
  { maxLearningRate, weightDecay }: Lenet5Rates = RATES,
): Sequential {
  const model = buildLenet5({ seed });
  const totalSteps = settings.epochs * Math.ceil(trainCount / settings.batchSize);
  const learningRate = oneCycle({ maxLearningRate, totalSteps });
  model.compile({
    optimizer: adam({ learningRate, weightDecay }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}
