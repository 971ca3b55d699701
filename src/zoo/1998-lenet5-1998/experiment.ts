import type { ImageDataset, LabelledImages } from '../../data/labelled-images.ts';
import type { Sequential } from '../../models/sequential.ts';
import { tensor } from '../../ops/index.ts';
import { at } from '../../util/errors.ts';
import type { Lab } from '../study.ts';
import { buildNetwork } from './network.ts';
import { trainerOf } from './training.ts';

/** The numbers of the experiment. */
export interface Settings {
  /** The global rate of each pass. */
  readonly passRates: readonly number[];
  /** Images from the beginning of each part. */
  readonly trainCount: number;
  readonly testCount: number;
  /** Training images that are looked at after each pass. */
  readonly curveCount: number;
}

/** What is known after a pass; kept, so that a study that was stopped goes on with the next one. */
export type PassResult = {
  /** Mean over the pass, each image before its own update. */
  readonly loss: number;
  readonly leastRate: number;
  readonly greatestRate: number;
  readonly trainError: number;
  readonly testError: number;
  /** All weights one after the other. */
  readonly weights: Float32Array;
};

/** A network after its last pass. */
export interface Trained {
  readonly network: Sequential;
  readonly passes: readonly PassResult[];
}

const CLASSES = 10;

/** Trains on the first images of the dataset, pass by pass. */
export async function trainNetwork(lab: Lab, dataset: ImageDataset, settings: Settings): Promise<Trained> {
  const network = buildNetwork(lab.seed);
  const trainPass = trainerOf(network);
  const images = firstOf(dataset.train, settings.trainCount);
  const passes: PassResult[] = [];
  for (const [index, rate] of settings.passRates.entries()) {
    const number = index + 1;
    const result = await lab.part(`pass ${number}`, async (progress): Promise<PassResult> => {
      const { loss, rates } = await trainPass({ images, rate, seed: lab.seed, number }, progress);
      return {
        loss,
        leastRate: rates[0],
        greatestRate: rates[1],
        trainError: await errorOn(network, firstOf(images, settings.curveCount)),
        testError: await errorOn(network, firstOf(dataset.test, settings.testCount)),
        weights: await readWeights(network),
      };
    });
    // the same as they are, unless the part was kept from an earlier run
    writeWeights(network, result.weights);
    passes.push(result);
  }
  return { network, passes };
}

/** The first images of a part. */
export function firstOf(
  { images, labels, imageShape, count }: LabelledImages,
  wanted: number,
): LabelledImages {
  const taken = Math.min(wanted, count);
  const size = imageShape.reduce((product, extent) => product * extent, 1);
  return {
    images: images.subarray(0, taken * size),
    labels: labels.subarray(0, taken),
    imageShape,
    count: taken,
  };
}

/** The class whose code is nearest, for each image. */
export async function classify(network: Sequential, { images, imageShape, count }: LabelledImages) {
  const output = await network.predict({ data: images, shape: [count, ...imageShape] }, { batchSize: 200 });
  const distances = (await output.data()) as Float32Array;
  output.dispose();
  return Uint8Array.from({ length: count }, (_, image) => {
    const own = distances.subarray(image * CLASSES, (image + 1) * CLASSES);
    return own.reduce((best, distance, i) => (distance < at(own, best) ? i : best), 0);
  });
}

/** The fraction of images that the network takes for others. */
export async function errorOn(network: Sequential, images: LabelledImages): Promise<number> {
  const classes = await classify(network, images);
  return classes.filter((found, i) => found !== images.labels[i]).length / images.count;
}

async function readWeights(network: Sequential): Promise<Float32Array> {
  const values = new Float32Array(network.countParams());
  let offset = 0;
  for (const weight of network.weights) {
    const part = await weight.read().data();
    values.set(part as Float32Array, offset);
    offset += part.length;
  }
  return values;
}

function writeWeights(network: Sequential, values: Float32Array): void {
  let offset = 0;
  for (const weight of network.weights) {
    const size = weight.shape.reduce((product, extent) => product * extent, 1);
    weight.assign(tensor(values.slice(offset, offset + size), weight.shape));
    offset += size;
  }
}
