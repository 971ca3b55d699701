import type { LabelledImages } from '../../data/labelled-images.ts';
import * as layers from '../../layers/index.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { sgd } from '../../optimizers/index.ts';
import { choice, integer, logUniform, uniform, type ValuesOf } from '../../tuning/index.ts';
import { AntlerNumericError } from '../../util/errors.ts';

/** What the slide asks for, how many layers and how many filters, with what decides whether they learn. */
export const SPACE = {
  /** Convolutions of 3 x 3, each followed by the maximum of 2 x 2. */
  layers: integer({ min: 1, max: 3 }),
  /** Of the first convolution; each further one has twice as many. */
  filters: integer({ min: 2, max: 16 }),
  learningRate: logUniform({ min: 1e-3, max: 1 }),
  momentum: uniform({ min: 0, max: 0.95 }),
  batchSize: choice([32, 64, 128, 256]),
};

export type Settings = ValuesOf<typeof SPACE>;

/** Digits to learn from and to choose by; both from the training images. */
export interface Digits {
  readonly train: LabelledImages;
  readonly validation: LabelledImages;
}

/** The first images to learn from, the last to choose by. */
export function splitDigits(all: LabelledImages, trainCount: number, validationCount: number): Digits {
  return {
    train: slice(all, 0, trainCount),
    validation: slice(all, all.count - validationCount, all.count),
  };
}

function slice({ images, labels, imageShape }: LabelledImages, from: number, to: number): LabelledImages {
  const size = images.length / labels.length;
  return {
    images: images.subarray(from * size, to * size),
    labels: labels.subarray(from, to),
    imageShape,
    count: to - from,
  };
}

/** The network of those settings: uint8 [batch, 28, 28, 1] to class probabilities [batch, 10]. */
export function buildNetwork(settings: Settings, seed: number): Sequential {
  const convolutions = Array.from({ length: settings.layers }, (_, i) => [
    layers.conv2d({ filters: settings.filters * 2 ** i, kernelSize: 3, padding: 'same', activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
  ]);
  const model = sequential({
    seed,
    layers: [
      layers.input({ shape: [28, 28, 1] }),
      layers.rescaling({ scale: 1 / 255 }),
      ...convolutions.flat(),
      layers.flatten(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  const { learningRate, momentum } = settings;
  model.compile({
    optimizer: sgd({ learningRate, momentum }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

export interface TrainingOptions {
  readonly epochs: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/**
 * Trains a network of those settings.
 * @returns its validation error after each epoch; 0.9, that of guessing, from where its loss is no longer finite
 */
export async function validationErrors(
  settings: Settings,
  { train, validation }: Digits,
  { epochs, seed, signal }: TrainingOptions,
): Promise<number[]> {
  const model = buildNetwork(settings, seed);
  const errors: number[] = [];
  try {
    await model.fit(train, {
      epochs,
      batchSize: settings.batchSize,
      validationData: validation,
      verbose: 0,
      callbacks: [
        {
          name: 'errors',
          onEpochEnd: (_epoch, { valAccuracy = 0 }) => void errors.push(1 - valAccuracy),
        },
      ],
      ...(signal && { signal }),
    });
  } catch (error) {
    if (!(error instanceof AntlerNumericError)) throw error;
  }
  while (errors.length < epochs) errors.push(GUESSING);
  return errors;
}

const GUESSING = 0.9;
