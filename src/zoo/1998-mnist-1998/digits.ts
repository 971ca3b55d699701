import { deskew } from '../../data/deskew.ts';
import type { ImageDataset, LabelledImages } from '../../data/labelled-images.ts';
import { tensor } from '../../ops/create.ts';
import { cast, div } from '../../ops/math/arithmetic.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';

/** Digits as they are or deslanted, in the split of MNIST. */
export interface Split {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** What the rows of the table learn from and are measured on. */
export interface Digits {
  readonly plain: Split;
  readonly deslanted: Split;
}

/** The first digits of each part, as they are and deslanted. */
export function prepareDigits(
  { train, test }: ImageDataset,
  counts: Readonly<Record<keyof Split, number>>,
): Digits {
  const plain = { train: section(train, 0, counts.train), test: section(test, 0, counts.test) };
  return { plain, deslanted: { train: deslant(plain.train), test: deslant(plain.test) } };
}

function deslant(part: LabelledImages): LabelledImages {
  const { data } = deskew({ data: part.images, shape: [part.count, ...part.imageShape] }, { recentre: true });
  return { ...part, images: data };
}

/** `count` digits from `start`. */
export function section(part: LabelledImages, start: number, count: number): LabelledImages {
  const size = part.images.length / part.count;
  return {
    images: part.images.subarray(start * size, (start + count) * size),
    labels: part.labels.subarray(start, start + count),
    imageShape: part.imageShape,
    count,
  };
}

/** The training digits in two parts: what a choice is made with, and the last sixth, on which it is judged. */
export function forChoosing({ train }: Split): Split {
  const count = Math.round((train.count * 5) / 6);
  return { train: section(train, 0, count), test: section(train, count, train.count - count) };
}

/** Every so many-th digit, so that `count` are left: the first 5,000 of the test set are easier than the rest. */
export function thin(part: LabelledImages, count: number): LabelledImages {
  const step = Math.floor(part.count / count);
  const kept = Array.from({ length: count }, (_, i) => section(part, i * step, 1));
  const size = part.images.length / part.count;
  const images = new Uint8Array(count * size);
  kept.forEach((digit, i) => {
    images.set(digit.images, i * size);
  });
  return { ...part, images, labels: Uint8Array.from(kept, (digit) => at(digit.labels, 0)), count };
}

/** Ink in [0, 1], a row a digit: float32 [count, 784]. The caller gives the memory back. */
export function pixelRows({ images, count }: LabelledImages): Tensor {
  const bytes = tensor(images, [count, images.length / count]);
  const rows = jit((given: Tensor) => div(cast(given, 'float32'), 255))(bytes);
  bytes.dispose();
  return rows;
}

/** How many digits are classified between two signs of life. */
const PIECE = 500;

/** Goes over the pixels of digits, some hundred at a time. */
export async function forPieces(
  part: LabelledImages,
  progress: Progress,
  visit: (rows: Tensor, labels: Uint8Array) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < part.count; start += PIECE) {
    const piece = section(part, start, Math.min(PIECE, part.count - start));
    const rows = pixelRows(piece);
    await visit(rows, piece.labels);
    rows.dispose();
    await progress((start + piece.count) / part.count);
  }
}

/** How many digits are taken for others. The classes found, [count], are given back. */
export async function countWrong(found: Tensor, labels: Uint8Array): Promise<number> {
  const classes = await found.data();
  found.dispose();
  return labels.filter((label, i) => label !== classes[i]).length;
}

/**
 * The fraction of digits that are taken for others.
 * @param predict pixels [count, 784] to classes [count]
 */
export async function errorOfRows(
  predict: (rows: Tensor) => Tensor,
  part: LabelledImages,
  progress: Progress,
): Promise<number> {
  let wrong = 0;
  await forPieces(part, progress, async (rows, labels) => {
    wrong += await countWrong(predict(rows), labels);
  });
  return wrong / part.count;
}
