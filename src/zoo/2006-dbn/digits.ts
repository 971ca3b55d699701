import type { LabelledImages } from '../../data/labelled-images.ts';
import { oneHot, tensor } from '../../ops/create.ts';
import { div } from '../../ops/math/arithmetic.ts';
import { permutationOf } from '../../random/permutation.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { CLASSES } from './belief-network.ts';

export const PIXELS = 784;

/** The first `count` digits. */
export function firstOf(images: LabelledImages, count: number): LabelledImages {
  return {
    ...images,
    images: images.images.subarray(0, count * PIXELS),
    labels: images.labels.subarray(0, count),
    count,
  };
}

/** As many digits of each class, chosen by the seed. */
export function balanced(digits: LabelledImages, perClass: number, seed: number): LabelledImages {
  const left = new Array<number>(CLASSES).fill(perClass);
  const chosen = permutationOf(digits.count, seed).filter((place) => {
    const label = at(digits.labels, place);
    left[label] = at(left, label) - 1;
    return at(left, label) >= 0;
  });
  const images = new Uint8Array(chosen.length * PIXELS);
  chosen.forEach((place, i) => {
    images.set(digits.images.subarray(place * PIXELS, (place + 1) * PIXELS), i * PIXELS);
  });
  return {
    ...digits,
    images,
    labels: Uint8Array.from(chosen, (place) => at(digits.labels, place)),
    count: chosen.length,
  };
}

/** Ink in 0 .. 1, which is taken for the probability of ink: [count, 784]. */
export function pixelRows({ images, count }: LabelledImages): Tensor {
  return div(tensor(images, [count, PIXELS]), 255);
}

/** [count, 10], 1 at the class. */
export function labelRows({ labels }: LabelledImages): Tensor {
  return oneHot(tensor(labels), CLASSES);
}
