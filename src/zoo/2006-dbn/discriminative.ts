import type { LabelledImages } from '../../data/labelled-images.ts';
import * as layers from '../../layers/index.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { adam } from '../../optimizers/index.ts';
import { polynomialDecay } from '../../optimizers/schedules.ts';
import type { LayerParameters } from '../start-from.ts';
import type { Lab, Progress } from '../study.ts';
import { type BeliefParameters, CLASSES, transposed } from './belief-network.ts';

/** How a network of logistic layers is trained to tell digits apart. */
export interface TuningSettings {
  readonly epochs: number;
  readonly batchSize: number;
  /** Of Adam at the first update; falls to 0 on a straight line. */
  readonly learningRate: number;
  /** Part of the pixels and of the hidden units that is left out in training; with few labels. Default 0. */
  readonly dropout?: number;
}

const BATCHES_BETWEEN_REPORTS = 10;

/**
 * Logistic layers from 784 pixels to ten probabilities; uint8 [batch, 28, 28, 1] to [batch, 10].
 * @param dropout part of the pixels and of the hidden units that is left out in training
 */
export function logisticNetwork(units: readonly number[], seed: number, dropout = 0): Sequential {
  const leaveOut = () => (dropout === 0 ? [] : [layers.dropout({ rate: dropout })]);
  return sequential({
    name: 'logistic network',
    seed,
    layers: [
      layers.input({ shape: [28, 28, 1] }),
      layers.rescaling({ scale: 1 / 255 }),
      layers.flatten(),
      ...leaveOut(),
      ...units.flatMap((count) => [layers.dense({ units: count, activation: 'sigmoid' }), ...leaveOut()]),
      layers.dense({ units: CLASSES, activation: 'softmax' }),
    ],
  });
}

/**
 * The layers that a deep belief network becomes: its recognition weights, those of the top machine from features to
 * hidden units, and those between the hidden units and the labels.
 */
export function layersOf({ recognition, top }: BeliefParameters): LayerParameters[] {
  const hidden = top.hiddenBias.length;
  const split = top.weights.length - CLASSES * hidden;
  return [
    ...recognition,
    { weights: top.weights.slice(0, split), bias: top.hiddenBias },
    { weights: transposed(top.weights.slice(split), hidden), bias: top.visibleBias.slice(-CLASSES) },
  ];
}

/** Trains with cross-entropy. */
export async function tune(
  model: Sequential,
  digits: LabelledImages,
  { epochs, batchSize, learningRate }: TuningSettings,
  lab: Lab,
  progress: Progress,
): Promise<void> {
  const perEpoch = Math.ceil(digits.count / batchSize);
  const decaySteps = epochs * perEpoch;
  const schedule = polynomialDecay({ initialLearningRate: learningRate, decaySteps, endLearningRate: 0 });
  model.compile({
    optimizer: adam({ learningRate: schedule }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  await fitTo(model, digits, { epochs, batchSize }, lab, progress);
}

/** Trains a compiled model, telling how far it is. */
export async function fitTo(
  model: Sequential,
  digits: LabelledImages,
  { epochs, batchSize }: Pick<TuningSettings, 'epochs' | 'batchSize'>,
  { signal }: Lab,
  progress: Progress,
): Promise<void> {
  const total = epochs * Math.ceil(digits.count / batchSize);
  let done = 0;
  const onTrainBatchEnd = async () => {
    done++;
    if (done % BATCHES_BETWEEN_REPORTS === 0) await progress(done / total);
  };
  await model.fit(digits, { epochs, batchSize, verbose: 0, signal, callbacks: [{ onTrainBatchEnd }] });
  await progress(1);
}

/** Part of the digits that are told wrong. */
export async function errorOf(model: Sequential, digits: LabelledImages): Promise<number> {
  const { accuracy = Number.NaN } = await model.evaluate(digits);
  return 1 - accuracy;
}
