import type { LossName } from '../../losses/resolve.ts';
import { adam } from '../../optimizers/index.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { cosineDecay } from '../../optimizers/schedules.ts';
import { type AutoencoderOptions, autoencoder } from '../../pretraining/index.ts';
import { fitProgress } from '../fit-progress.ts';
import type { Progress } from '../study.ts';
import type { Digits } from './digits.ts';

/** An autoencoder, and how it is trained. */
export interface AutoencoderPlan {
  readonly network: AutoencoderOptions;
  readonly loss: LossName;
  readonly optimizer: Optimizer;
  readonly epochs: number;
  readonly batchSize: number;
}

/** Digits to learn, to measure on and to show. */
export interface DigitParts {
  readonly train: Digits;
  readonly test: Digits;
  readonly shown: Digits;
}

/** What a trained autoencoder does. */
export interface Reconstruction {
  /** Sum over the pixels of (x - x')^2, mean over the test digits. */
  readonly squaredError: number;
  /** Of the shown digits, [count, pixels]. */
  readonly pictures: Float32Array;
  /** The squared error on training digits while they were learnt, epoch by epoch. */
  readonly history: Float64Array;
}

/**
 * Adam with a rate that falls to zero along a cosine. Gradients of a loss that is a mean over pixels are small, so
 * epsilon is smaller than usual too.
 */
export function fallingAdam(
  learningRate: number,
  {
    count,
    epochs,
    batchSize,
  }: { readonly count: number; readonly epochs: number; readonly batchSize: number },
): Optimizer {
  const decaySteps = epochs * Math.ceil(count / batchSize);
  return adam({
    learningRate: cosineDecay({ initialLearningRate: learningRate, decaySteps }),
    epsilon: 1e-10,
  });
}

/** Trains an autoencoder on digits and measures it on others. */
export async function trainAutoencoder(
  { network, loss, optimizer, epochs, batchSize }: AutoencoderPlan,
  { train, test, shown }: DigitParts,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<Reconstruction> {
  const { model } = autoencoder(network);
  model.compile({ optimizer, loss, metrics: ['meanSquaredError'] });
  const note = network.sizes.join('-');
  const [, pixels] = test.shape;
  const { history } = await model.fit(train, train, {
    epochs,
    batchSize,
    verbose: 0,
    signal,
    callbacks: [fitProgress(progress, note)],
  });
  await progress(1, note);
  const { meanSquaredError = Number.NaN } = await model.evaluate(test, test, { batchSize: 500 });
  return {
    squaredError: meanSquaredError * pixels,
    pictures: (await (await model.predict(shown)).data()) as Float32Array,
    history: Float64Array.from(history.meanSquaredError ?? [], (error) => error * pixels),
  };
}
