import { kNearestNeighbours } from '../../classic/index.ts';
import { distort } from '../../data/index.ts';
import { tensor } from '../../ops/index.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { type Labelled, shiftedImages } from './digit-sample.ts';
import { CLASSES, type DigitNetwork, digitCells } from './network.ts';
import { throughLayer } from './pictures.ts';

/** Says the class of images, or -1 where it cannot tell. */
export type Classifier = (images: Labelled['images'], progress: Progress) => Promise<Int32Array>;

/** The class of the strongest cell of U_C4; -1 if all ten are silent. */
export function networkClassifier(network: DigitNetwork): Classifier {
  const cells = jit((images: Tensor) => digitCells(images, network));
  return async (images, progress) => {
    const { data } = await throughLayer(images, cells, progress);
    return Int32Array.from({ length: data.length / CLASSES }, (_, i) => {
      const own = data.subarray(i * CLASSES, (i + 1) * CLASSES);
      const most = Math.max(...own);
      return most > 0 ? own.indexOf(most) : -1;
    });
  };
}

/** The class of the nearest of the images that the network learned from, by the distance of pixels. */
export function nearestClassifier({ images, labels }: Labelled): Classifier {
  const nearest = kNearestNeighbours({ k: 1 }).fit(pixelRows(images), Int32Array.from(labels));
  return async (unseen, progress) => {
    await progress(0);
    return (await nearest.predict(pixelRows(unseen)).data()) as Int32Array;
  };
}

function pixelRows({ data, shape }: Labelled['images']): Tensor {
  return tensor(Float32Array.from(data), [at(shape, 0), 28 * 28]);
}

/** Share of images that are taken for another class. */
export async function errorOf(
  classify: Classifier,
  { images, labels }: Labelled,
  progress: Progress,
): Promise<number> {
  const found = await classify(images, progress);
  return found.reduce((wrong, label, i) => wrong + Number(label !== labels[i]), 0) / labels.length;
}

/** Errors of images that were moved along one axis, the mean of both directions. */
export async function shiftErrors(
  classify: Classifier,
  digits: Labelled,
  { axis, pixels }: { readonly axis: 'horizontal' | 'vertical'; readonly pixels: readonly number[] },
  progress: Progress,
): Promise<number[]> {
  const errors: number[] = [];
  for (const [i, shift] of pixels.entries()) {
    const part: Progress = (done, note) => progress((i + done) / pixels.length, note);
    const both: number[] = [];
    for (const signed of new Set([shift, -shift])) {
      const moved =
        axis === 'horizontal' ? shiftedImages(digits, signed, 0) : shiftedImages(digits, 0, signed);
      both.push(await errorOf(classify, moved, part));
    }
    errors.push(both.reduce((sum, error) => sum + error, 0) / both.length);
  }
  return errors;
}

/** Deformations, each with its name. */
export const DEFORMATIONS = [
  { name: 'turned by up to 15°', rotationDegrees: 15 },
  { name: 'sheared by up to 0.3', shear: 0.3 },
  { name: 'scaled by 0.85 to 1.15', scaling: 0.15 },
  { name: 'bent by 1.5 pixels', elasticPixels: 1.5 },
] as const;

/** Errors of images under each of `DEFORMATIONS`. */
export async function deformationErrors(
  classify: Classifier,
  { images, labels }: Labelled,
  seed: number,
  progress: Progress,
): Promise<number[]> {
  const errors: number[] = [];
  for (const [i, { name: _, ...amounts }] of DEFORMATIONS.entries()) {
    const { data } = distort(images, { ...amounts, seed });
    const part: Progress = (done, note) => progress((i + done) / DEFORMATIONS.length, note);
    errors.push(await errorOf(classify, { images: { data, shape: images.shape }, labels }, part));
  }
  return errors;
}
