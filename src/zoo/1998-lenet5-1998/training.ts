import type { LabelledImages } from '../../data/labelled-images.ts';
import type { Sequential } from '../../models/sequential.ts';
import { add, div, expandDims, max, mean, min, mul, scan, sub, tensor } from '../../ops/index.ts';
import { permutationOf } from '../../random/index.ts';
import { valueAndGrad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { curvatures } from './curvature.ts';
import { frame } from './frame.ts';
import { lossOf } from './loss.ts';
import { type StageWeights, statesOf, weightsOf } from './network.ts';

/**
 * Keeps steps short along weights that hardly matter: mu. The paper has 0.02, with which weights into units that are
 * saturated on most images get rates so large that a single other image throws them far.
 */
const LEAST_CURVATURE = 0.2;

/** Images that the curvature is estimated from before each pass. */
const CURVATURE_IMAGES = 500;

/** Images in one call of the compiled program, each with its own update. */
const IMAGES_PER_CALL = 200;

/** One pass over training images. */
export interface Pass {
  readonly images: LabelledImages;
  /** The rate that is divided by the curvature of each weight: the paper's eta. */
  readonly rate: number;
  readonly seed: number;
  /** Counts passes; with the seed it gives the order of the images. */
  readonly number: number;
}

/** What a pass tells of itself. */
export interface PassReport {
  /** Mean over the images, each before its own update. */
  readonly loss: number;
  /** The smallest and the largest rate that a weight had. */
  readonly rates: readonly [least: number, most: number];
}

/** Images and labels on the device. */
type Examples = readonly [images: Tensor, labels: Tensor];

/**
 * Stochastic diagonal Levenberg-Marquardt: gradient descent image by image, in which each weight has a rate of its own,
 * eta / (mu + its curvature), that is estimated anew before each pass.
 * @returns a function that trains the network for a pass
 */
export function trainerOf(network: Sequential): (pass: Pass, progress: Progress) => Promise<PassReport> {
  const variables = weightsOf(network);
  const read = () => variables.map(({ kernel, bias }) => ({ kernel: kernel.read(), bias: bias.read() }));
  const ratesFor = jit((images: Tensor, rate: Tensor) =>
    curvatures(frame(images), read()).map((weights) =>
      mapWeights(weights, (curvature) => div(rate, add(LEAST_CURVATURE, curvature))),
    ),
  );
  const learn = jit(([images, labels]: Examples, rates: readonly StageWeights[]) => {
    const [last, losses] = scan(update(rates), read(), [frame(images), labels] as Examples);
    variables.forEach(({ kernel, bias }, i) => {
      kernel.assign(at(last, i).kernel);
      bias.assign(at(last, i).bias);
    });
    return mean(losses);
  });
  return async ({ images, rate, seed, number }, progress) => {
    const order = permutationOf(images.count, seed, number);
    const [sample] = examplesAt(images, order.subarray(0, CURVATURE_IMAGES));
    const rates = ratesFor(sample, tensor(rate));
    let loss = 0;
    for (let first = 0; first < order.length; first += IMAGES_PER_CALL) {
      const examples = examplesAt(images, order.subarray(first, first + IMAGES_PER_CALL));
      loss += (at(examples[1].shape, 0) / order.length) * (await learn(examples, rates).item());
      for (const part of examples) part.dispose();
      await progress(first / order.length);
    }
    return { loss, rates: await extent(rates) };
  };
}

/** The step from one image. */
function update(rates: readonly StageWeights[]) {
  return (weights: readonly StageWeights[], [image, label]: Examples): [readonly StageWeights[], Tensor] => {
    const lossAt = (point: readonly StageWeights[]) =>
      mean(lossOf(at(statesOf(expandDims(image, 0), point), -1), expandDims(label, 0)));
    const [loss, gradients] = valueAndGrad(lossAt)(weights);
    const step = (value: Tensor, gradient: Tensor, rate: Tensor) => sub(value, mul(rate, gradient));
    const next = weights.map(({ kernel, bias }, i) => ({
      kernel: step(kernel, at(gradients, i).kernel, at(rates, i).kernel),
      bias: step(bias, at(gradients, i).bias, at(rates, i).bias),
    }));
    return [next, loss];
  };
}

function mapWeights<T, U>({ kernel, bias }: StageWeights<T>, f: (part: T) => U): StageWeights<U> {
  return { kernel: f(kernel), bias: f(bias) };
}

/** Some of the images, in that order. */
function examplesAt({ images, labels, imageShape }: LabelledImages, places: Int32Array): Examples {
  const size = imageShape.reduce((product, extent) => product * extent, 1);
  const pixels = new Uint8Array(places.length * size);
  places.forEach((place, i) => {
    pixels.set(images.subarray(place * size, (place + 1) * size), i * size);
  });
  const classes = Int32Array.from(places, (place) => at(labels, place));
  return [tensor(pixels, [places.length, ...imageShape]), tensor(classes)];
}

async function extent(rates: readonly StageWeights[]): Promise<readonly [number, number]> {
  const parts = rates.flatMap(({ kernel, bias }) => [kernel, bias]);
  const least = await Promise.all(parts.map((part) => min(part).item()));
  const most = await Promise.all(parts.map((part) => max(part).item()));
  return [Math.min(...least), Math.max(...most)];
}
