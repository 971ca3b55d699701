import type { LabelledImages } from '../../data/labelled-images.ts';
import { oneHot, tensor } from '../../ops/create.ts';
import { cast } from '../../ops/math/arithmetic.ts';
import { concat } from '../../ops/shape/shape.ts';
import { split as cut } from '../../ops/shape/slicing.ts';
import { bernoulli } from '../../random/distributions.ts';
import { key } from '../../random/keys.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { type BeliefNetwork, CLASSES } from './belief-network.ts';
import { PIXELS } from './digits.ts';

/** How digits are drawn. */
export interface SampleSettings {
  readonly perClass: number;
  /** Gibbs steps of the top machine with the label held. */
  readonly steps: number;
}

/**
 * Digits that the network draws for each label, class after class: the top machine runs with the label held, from
 * what a picture of noise gives, then the generative weights turn its features into pixels.
 * @param ink how often each pixel of the noise has ink, [784]
 */
export async function drawDigits(
  network: BeliefNetwork,
  ink: Tensor,
  { perClass, steps }: SampleSettings,
  seed: number,
  onProgress: Progress,
): Promise<LabelledImages> {
  const labels = Uint8Array.from({ length: CLASSES * perClass }, (_, i) => Math.floor(i / perClass));
  const noise = cast(bernoulli(key(seed), ink, [labels.length, PIXELS]), 'float32');
  const start = concat([network.features(noise), oneHot(tensor(labels), CLASSES)], 1);
  const { means } = await network.top.gibbs(start, { steps, clamped: CLASSES, onProgress });
  const [features] = cut(means, [at(means.shape, 1) - CLASSES, CLASSES], 1) as [Tensor, Tensor];
  const drawn = (await network.render(features).data()) as Float32Array;
  return {
    images: Uint8Array.from(drawn, (value) => Math.round(255 * value)),
    labels,
    imageShape: [28, 28, 1],
    count: labels.length,
  };
}
