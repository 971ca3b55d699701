import type { LabelledImages } from '../../data/labelled-images.ts';
import { at } from '../../util/errors.ts';

/** Pixels along a side of the images as they come. */
const FULL_SIDE = 28;

/** Digits as rows, values in [0, 1]: what the squared errors of the paper are measured on. */
export interface Digits {
  readonly data: Float32Array;
  readonly shape: readonly [count: number, pixels: number];
}

/** How many images, and how large: 28 pixels a side, or 14 for means of 2 x 2. */
export interface DigitSize {
  readonly limit: number;
  readonly side: 14 | 28;
}

/** The first images of a part. */
export function digitRows({ images, count }: LabelledImages, { limit, side }: DigitSize): Digits {
  const rows = Math.min(limit, count);
  return rowsOf(
    Array.from({ length: rows }, (_, i) => i),
    images,
    side,
  );
}

/** The first digit of each class. */
export function oneOfEach({ images, labels }: LabelledImages, side: DigitSize['side']): Digits {
  return rowsOf(
    Array.from({ length: 10 }, (_, digit) => Math.max(0, labels.indexOf(digit))),
    images,
    side,
  );
}

function rowsOf(places: readonly number[], images: Uint8Array, side: DigitSize['side']): Digits {
  const pixels = side ** 2;
  const scale = FULL_SIDE / side;
  const share = 1 / (255 * scale ** 2);
  const data = new Float32Array(places.length * pixels);
  places.forEach((place, row) => {
    for (let i = 0; i < FULL_SIDE ** 2; i++) {
      const [x, y] = [i % FULL_SIDE, Math.floor(i / FULL_SIDE)];
      const pixel = row * pixels + Math.floor(y / scale) * side + Math.floor(x / scale);
      data[pixel] = at(data, pixel) + at(images, place * FULL_SIDE ** 2 + i) * share;
    }
  });
  return { data, shape: [places.length, pixels] };
}
