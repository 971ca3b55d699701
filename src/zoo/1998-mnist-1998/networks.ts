import { type DistortOptions, distort } from '../../data/distort.ts';
import type { GreyImages } from '../../data/grey-images.ts';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { fromTensors } from '../../data/sources/tensors.ts';
import * as layers from '../../layers/index.ts';
import type { Loss } from '../../losses/loss.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { adam } from '../../optimizers/index.ts';
import { oneCycle } from '../../optimizers/schedules.ts';
import { at } from '../../util/errors.ts';
import { buildLenet5 } from '../1998-lenet5/model.ts';
import type { Progress } from '../study.ts';

/** How a convolutional network of the table is trained. Chosen on the last 10,000 training images. */
export interface NetworkPlan {
  /** Bytes [batch, 28, 28, 1] to probabilities [batch, 10]. */
  readonly build: (seed: number) => Sequential;
  readonly epochs: number;
  /** Of Adam, at the height of its one cycle. */
  readonly maxLearningRate: number;
  /** Default the cross-entropy of the classes. */
  readonly loss?: Loss;
  /** Decoupled from the gradient: at the height a step shrinks weights by rate times this. */
  readonly weightDecay: number;
  /** New distortions in every epoch. Default none. */
  readonly distortions?: DistortOptions;
}

const BATCH = 128;

const LENET1: NetworkPlan = { build: buildLenet1, epochs: 10, maxLearningRate: 0.01, weightDecay: 0.02 };
const LENET4: NetworkPlan = { build: buildLenet4, epochs: 6, maxLearningRate: 0.006, weightDecay: 0.2 };
const LENET5: NetworkPlan = {
  build: (seed) => buildLenet5({ seed }),
  epochs: 5,
  maxLearningRate: 0.006,
  weightDecay: 0.2,
};

/** The convolutional rows of the table, by name. */
export const NETWORK_PLANS = {
  lenet1: LENET1,
  lenet4: LENET4,
  lenet5: LENET5,
  lenet5Distorted: {
    ...LENET5,
    epochs: 10,
    distortions: { shiftPixels: 1, scaling: 0.1, squeezing: 0.1, shear: 0.2 },
  },
} as const satisfies Readonly<Record<string, NetworkPlan>>;

/** 3,246 weights: 4 maps, 12 maps, ten classes. The first that read whole digits, LeCun et al. 1990. */
function buildLenet1(seed: number): Sequential {
  return sequential({
    name: 'lenet1',
    seed,
    layers: [
      ...firstLayers(),
      layers.conv2d({ name: 'h1', filters: 4, kernelSize: 5, activation: 'tanh' }),
      layers.averagePooling2d({ name: 'h2', poolSize: 2 }),
      layers.conv2d({ name: 'h3', filters: 12, kernelSize: 5, activation: 'tanh' }),
      layers.averagePooling2d({ name: 'h4', poolSize: 2 }),
      ...lastLayers(),
    ],
  });
}

/** 51,050 weights: 4 maps, 16 maps, 120 units, ten classes. Between LeNet-1 and LeNet-5. */
function buildLenet4(seed: number): Sequential {
  return sequential({
    name: 'lenet4',
    seed,
    layers: [
      ...firstLayers(),
      layers.conv2d({ name: 'c1', filters: 4, kernelSize: 5, padding: 'same', activation: 'tanh' }),
      layers.maxPooling2d({ name: 's2', poolSize: 2 }),
      layers.conv2d({ name: 'c3', filters: 16, kernelSize: 5, activation: 'tanh' }),
      layers.maxPooling2d({ name: 's4', poolSize: 2 }),
      layers.flatten({ name: 'vec' }),
      layers.dense({ name: 'f5', units: 120, activation: 'tanh' }),
      layers.dense({ name: 'output', units: 10, activation: 'softmax' }),
    ],
  });
}

function firstLayers() {
  return [layers.input({ shape: [28, 28, 1] }), layers.rescaling({ scale: 1 / 255 })];
}

function lastLayers() {
  return [
    layers.flatten({ name: 'vec' }),
    layers.dense({ name: 'output', units: 10, activation: 'softmax' }),
  ];
}

/** Trains a network of the table. The same seed and images give the same weights. */
export async function trainNetwork(
  plan: NetworkPlan,
  train: LabelledImages,
  seed: number,
  progress: Progress,
): Promise<Sequential> {
  const { build, epochs, maxLearningRate, weightDecay, loss = 'sparseCategoricalCrossentropy' } = plan;
  const model = build(seed);
  const steps = Math.ceil(train.count / BATCH);
  const learningRate = oneCycle({ maxLearningRate, totalSteps: epochs * steps });
  model.compile({
    optimizer: adam({ learningRate, weightDecay }),
    loss,
  });
  let done = 0;
  const onTrainBatchEnd = async () => progress(++done / (epochs * steps));
  await model.fit(batchesOf(plan, train, seed), { epochs, verbose: 0, callbacks: [{ onTrainBatchEnd }] });
  return model;
}

/** The training images in batches, distorted as the plan says. */
function batchesOf({ distortions }: NetworkPlan, train: LabelledImages, seed: number) {
  const { images, labels, imageShape, count } = train;
  const pairs = fromTensors([{ data: images, shape: [count, ...imageShape] }, labels] as const);
  const batches = pairs.shuffle({ seed }).batch(BATCH);
  if (!distortions) return batches;
  const perEpoch = Math.ceil(count / BATCH);
  return batches.map(([x, y], { epoch, index }) => {
    const pass = { seed, epoch: epoch * perEpoch + index };
    return [distort(x as GreyImages, { ...distortions, ...pass }), y] as const;
  });
}

/** The most probable class of each image; of several networks by the sum of their probabilities. */
export async function classify(
  networks: readonly Sequential[],
  { images, imageShape, count }: LabelledImages,
): Promise<Uint8Array> {
  const sums = new Float32Array(10 * count);
  for (const network of networks) {
    const output = await network.predict({ data: images, shape: [count, ...imageShape] }, { batchSize: 250 });
    const probabilities = (await output.data()) as Float32Array;
    output.dispose();
    probabilities.forEach((value, i) => {
      sums[i] = at(sums, i) + value;
    });
  }
  return Uint8Array.from({ length: count }, (_, image) => {
    const own = sums.subarray(10 * image, 10 * image + 10);
    return own.indexOf(Math.max(...own));
  });
}

/** The fraction of images that are taken for others. */
export async function errorOf(networks: readonly Sequential[], images: LabelledImages): Promise<number> {
  const classes = await classify(networks, images);
  return classes.filter((found, i) => found !== images.labels[i]).length / images.count;
}
