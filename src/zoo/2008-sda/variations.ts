import type { LabelledImages } from '../../data/labelled-images.ts';
import { NumberStream } from '../../random/number-stream.ts';
import { permutationOf } from '../../random/permutation.ts';
import { at } from '../../util/errors.ts';
import { rotate } from './rotate.ts';

/** The digits as they are; each turned by an angle of its own; each before a background of noise. */
export type Variation = 'basic' | 'rot' | 'bg-rand';

export const SIDE = 28;
const PIXELS = SIDE ** 2;

/** Images as rows of bytes, with their classes. */
export interface LabelledRows {
  readonly data: Uint8Array;
  readonly shape: readonly [count: number, pixels: number];
  readonly labels: Uint8Array;
}

/** Sizes of the three parts. */
export interface SplitCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** A variation in its parts. */
export interface VariationParts {
  readonly train: LabelledRows;
  readonly validation: LabelledRows;
  readonly test: LabelledRows;
}

/**
 * Makes a variation of digits (Larochelle et al. 2007) by a seed: all images of both published parts in one random order,
 * cut into training, validation and test part. Which digits are where does not depend on the variation.
 */
export function makeVariation(
  variation: Variation,
  pools: readonly LabelledImages[],
  { train, validation, test }: SplitCounts,
  seed: number,
): VariationParts {
  const all = pools.flatMap((pool) => Array.from({ length: pool.count }, (_, place) => ({ pool, place })));
  const order = permutationOf(all.length, seed);
  const part = (start: number, count: number): LabelledRows => {
    const data = new Uint8Array(count * PIXELS);
    const labels = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const index = at(order, start + i);
      const { pool, place } = at(all, index);
      const image = pool.images.subarray(place * PIXELS, (place + 1) * PIXELS);
      data.set(vary(variation, image, new NumberStream(seed, index)), i * PIXELS);
      labels[i] = at(pool.labels, place);
    }
    return { data, shape: [count, PIXELS], labels };
  };
  return {
    train: part(0, train),
    validation: part(train, validation),
    test: part(train + validation, test),
  };
}

function vary(variation: Variation, image: Uint8Array, stream: NumberStream): Uint8Array {
  if (variation === 'basic') return image;
  if (variation === 'rot') return rotate(image, SIDE, 2 * Math.PI * stream.uniform());
  // ink covers the noise behind it
  return image.map((ink) => Math.round(ink + (1 - ink / 255) * stream.below(256)));
}
