import { fromHost, type Tensor } from '../tensor/tensor.ts';
import { makeDeadLeaves } from './dead-leaves.ts';
import { fashionMnist } from './fashion-mnist.ts';
import type { DatasetOptions } from './idx-dataset-definition.ts';
import type { DatasetSource, ImageDataset, LabelledImages } from './labelled-images.ts';
import { breastCancer, digits, iris, wine } from './measured.ts';
import { mnist } from './mnist.ts';
import { photographs } from './photographs.ts';
import { makeBlobs, makeCircles, makeMoons, makeSpirals, makeXor } from './toy-datasets.ts';

/** Images with one class each, as tensors. */
export interface LabelledTensors {
  /** uint8 [count, height, width, channels]; 0 is background, 255 ink. */
  readonly images: Tensor;
  /** uint8 [count], each in 0 .. classes - 1. */
  readonly labels: Tensor;
}

/**
 * A dataset in the split its authors published. Learn from `train` only; what is tuned or stopped early takes
 * a validation part from the end of `train`. `test` is for the one figure that is reported.
 */
export interface TensorDataset {
  readonly name: string;
  /** Names of the classes, in the order of their numbers. */
  readonly classes: readonly string[];
  readonly train: LabelledTensors;
  readonly test: LabelledTensors;
  readonly source: DatasetSource;
}

/**
 * The datasets Antler knows. Those of files come as tensors, and throw AntlerDataError if the files are nowhere or
 * damaged; `make...` draws points or images for small experiments.
 */
export const datasets = {
  /** MNIST: 60,000 + 10,000 handwritten digits, 28 x 28 x 1. LeCun, Cortes, Burges 1998. */
  mnist: async (options?: DatasetOptions): Promise<TensorDataset> => toTensors(await mnist(options)),
  /** Fashion-MNIST: 60,000 + 10,000 pictures of clothes, 28 x 28 x 1. Xiao, Rasul, Vollgraf 2017. */
  fashionMnist: async (options?: DatasetOptions): Promise<TensorDataset> =>
    toTensors(await fashionMnist(options)),
  iris,
  wine,
  breastCancer,
  digits,
  photographs,
  makeMoons,
  makeCircles,
  makeSpirals,
  makeXor,
  makeBlobs,
  makeDeadLeaves,
};

function toTensors(dataset: ImageDataset): TensorDataset {
  return { ...dataset, train: partToTensors(dataset.train), test: partToTensors(dataset.test) };
}

function partToTensors({ images, labels, imageShape, count }: LabelledImages): LabelledTensors {
  return {
    images: fromHost(images, [count, ...imageShape], 'uint8'),
    labels: fromHost(labels, [count], 'uint8'),
  };
}
