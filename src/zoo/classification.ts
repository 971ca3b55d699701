import type { Callback } from '../callbacks/callback.ts';
import type { DatasetOptions } from '../data/idx-dataset-definition.ts';
import type { ImageDataset } from '../data/labelled-images.ts';
import type { Sequential } from '../models/sequential.ts';

/** The numbers of a training that a user may change; the rest is part of the model. */
export interface TrainingSettings {
  /** Passes over the training images. */
  readonly epochs: number;
  readonly batchSize: number;
  /** Part of the training images, taken from their end, that is only measured on after each epoch; 0 .. 1. */
  readonly validationSplit: number;
}

export interface ModelOptions {
  readonly seed: number;
  readonly settings: TrainingSettings;
  /** Images of one epoch, for schedules of the learning rate. */
  readonly trainCount: number;
}

/** An experiment that learns to tell classes of images apart. */
export interface Classification {
  readonly settings: TrainingSettings;
  data(options?: DatasetOptions): Promise<ImageDataset>;
  /** A compiled model, ready for `fit`, that gives class probabilities. The same options give the same weights. */
  model(options: ModelOptions): Sequential;
}

export interface TrainOptions {
  readonly callbacks?: readonly Callback[];
  /** Ends the training after the step in which it is aborted. */
  readonly signal?: AbortSignal;
}

/** Trains the model of an experiment on its training images, from where its `trainingState` stands. */
export async function trainClassifier(
  model: Sequential,
  { train }: ImageDataset,
  { epochs, batchSize, validationSplit }: TrainingSettings,
  options: TrainOptions = {},
): Promise<void> {
  const { epoch: initialEpoch, step: initialStep } = model.trainingState;
  const place = { initialEpoch, initialStep, verbose: 0 } as const;
  await model.fit(train, { epochs, batchSize, validationSplit, ...place, ...options });
}
