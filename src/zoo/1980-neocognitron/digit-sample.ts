import type { LabelledImages } from '../../data/labelled-images.ts';
import { permutationOf } from '../../random/index.ts';
import { at } from '../../util/errors.ts';
import type { Pictures } from './pictures.ts';

/** Images with the class of each. */
export interface Labelled {
  /** uint8 [count, 28, 28, 1]. */
  readonly images: Pictures & { readonly data: Uint8Array };
  readonly labels: Uint8Array;
}

const PIXELS = 28 * 28;

/** So many images of each class, drawn at random, in a random order. */
export function sampleOfEachClass(from: LabelledImages, perClass: number, seed: number): Labelled {
  const taken = new Map<number, number>();
  const chosen = permutationOf(from.count, seed).filter((image) => {
    const label = at(from.labels, image);
    const before = taken.get(label) ?? 0;
    taken.set(label, before + 1);
    return before < perClass;
  });
  const data = new Uint8Array(chosen.length * PIXELS);
  for (const [i, image] of chosen.entries()) {
    data.set(from.images.subarray(image * PIXELS, (image + 1) * PIXELS), i * PIXELS);
  }
  return {
    images: { data, shape: [chosen.length, 28, 28, 1] },
    labels: Uint8Array.from(chosen, (image) => at(from.labels, image)),
  };
}

/** The first images. */
export function firstImages(from: LabelledImages, count: number): Labelled {
  const kept = Math.min(count, from.count);
  return {
    images: { data: from.images.subarray(0, kept * PIXELS), shape: [kept, 28, 28, 1] },
    labels: from.labels.subarray(0, kept),
  };
}

/** Images of 28 × 28 pixels moved right and down; what leaves the field is lost. */
export function shiftedImages({ images, labels }: Labelled, right: number, down: number): Labelled {
  const data = new Uint8Array(images.data.length);
  for (let row = 0; row < data.length / 28; row++) {
    const y = (row % 28) - down;
    if (y < 0 || y >= 28) continue;
    const start = (row - down) * 28;
    const kept = images.data.subarray(start + Math.max(0, -right), start + 28 - Math.max(0, right));
    data.set(kept, row * 28 + Math.max(0, right));
  }
  return { images: { data, shape: images.shape }, labels };
}
