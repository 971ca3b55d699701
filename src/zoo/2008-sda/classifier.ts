import { earlyStopping } from '../../callbacks/early-stopping.ts';
import * as layers from '../../layers/index.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { adam } from '../../optimizers/index.ts';
import { cosineDecay } from '../../optimizers/schedules.ts';
import type { RbmParameters } from '../../pretraining/index.ts';
import { at } from '../../util/errors.ts';
import { fitProgress } from '../fit-progress.ts';
import { startFrom } from '../start-from.ts';
import type { Progress } from '../study.ts';
import type { LabelledRows, VariationParts } from './variations.ts';

const CLASSES = 10;

/**
 * Bytes to class probabilities through sigmoid layers.
 * @param sizes units from the pixels to the last hidden layer
 * @param start layers that learnt before, or null for random weights; and the part of the pixels that is hidden in
 * training, 0 by default
 */
export function classifier(
  sizes: readonly number[],
  start: { readonly seed: number; readonly stack: readonly RbmParameters[] | null; readonly hide?: number },
): Sequential {
  const { seed, stack, hide = 0 } = start;
  const hidden = sizes.slice(1).map((units) => layers.dense({ units, activation: 'sigmoid' }));
  const model = sequential({
    seed,
    layers: [
      layers.input({ shape: [at(sizes, 0)] }),
      layers.rescaling({ scale: 1 / 255 }),
      ...(hide === 0 ? [] : [layers.dropout({ rate: hide })]),
      ...hidden,
      layers.dense({ name: 'classes', units: CLASSES, activation: 'softmax' }),
    ],
  });
  if (stack) {
    startFrom(
      model,
      stack.map(({ weights, hiddenBias }) => ({ weights, bias: hiddenBias })),
    );
  }
  return model;
}

/** How a classifier is trained. */
export interface ClassifierTraining {
  readonly epochs: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * Trains while the rate falls to zero, and keeps the weights of the least validation error.
 * @returns the error on test images, and on validation images after each epoch; fractions
 */
export async function trainClassifier(
  model: Sequential,
  { train, validation, test }: VariationParts,
  { epochs, learningRate, batchSize, signal, progress }: ClassifierTraining,
): Promise<{ readonly testError: number; readonly validationErrors: Float64Array }> {
  const decaySteps = epochs * Math.ceil(train.shape[0] / batchSize);
  model.compile({
    optimizer: adam({ learningRate: cosineDecay({ initialLearningRate: learningRate, decaySteps }) }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const keepBest = earlyStopping({
    monitor: 'valAccuracy',
    mode: 'max',
    patience: epochs, // none is given up: the last ones, at small rates, gain most
    restoreBestWeights: true,
  });
  const { history } = await model.fit(rows(train), train.labels, {
    epochs,
    batchSize,
    validationData: [rows(validation), validation.labels],
    verbose: 0,
    signal,
    callbacks: [keepBest, fitProgress(progress, 'classes')],
  });
  await progress(1, 'classes');
  const { accuracy = Number.NaN } = await model.evaluate(rows(test), test.labels, { batchSize: 500 });
  return {
    testError: 1 - accuracy,
    validationErrors: Float64Array.from(history.valAccuracy ?? [], (value) => 1 - value),
  };
}

function rows({ data, shape }: LabelledRows) {
  return { data, shape };
}
