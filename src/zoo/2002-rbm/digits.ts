import type { LabelledImages } from '../../data/labelled-images.ts';

/** Pixels of a digit. */
export const PIXELS = 784;

/** Rows of ink (1) or none (0). */
export interface BinaryDigits {
  readonly data: Uint8Array;
  readonly shape: readonly [count: number, pixels: number];
}

/** The first `count` images as states of binary units: 1 where there is more than half the ink. */
export function binaryDigits({ images }: LabelledImages, count: number): BinaryDigits {
  return {
    data: images.slice(0, count * PIXELS).map((ink) => (ink > 127.5 ? 1 : 0)),
    shape: [count, PIXELS],
  };
}

/** Part of the rows in which each pixel is on. */
export function pixelFrequencies({ data, shape: [count, pixels] }: BinaryDigits): Float64Array {
  const sums = new Float64Array(pixels);
  data.forEach((value, i) => {
    sums[i % pixels] = (sums[i % pixels] ?? 0) + value;
  });
  return sums.map((sum) => sum / count);
}

/** Pixels that are the same in all of training keep a chance of one in this many to be otherwise. */
const SMOOTHING = 1000;

/** Mean log p of rows, in nats, if every pixel is drawn by itself. */
export function independentLogLikelihood(digits: BinaryDigits, frequencies: Float64Array): number {
  const smoothed = frequencies.map((p) => (p * SMOOTHING + 0.5) / (SMOOTHING + 1));
  return -crossEntropy(digits, (i) => smoothed[i % PIXELS] ?? 0.5);
}

/** Mean over the rows of the cross-entropy, in nats, of pixels with the probabilities that something gives them. */
export function crossEntropy(
  { data, shape: [count] }: BinaryDigits,
  probability: (place: number) => number,
): number {
  let total = 0;
  data.forEach((value, i) => {
    const p = probability(i);
    total -= Math.log(Math.max(value === 1 ? p : 1 - p, 1e-7));
  });
  return total / count;
}
