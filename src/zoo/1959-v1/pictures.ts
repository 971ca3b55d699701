import { makeDeadLeaves } from '../../data/dead-leaves.ts';
import { installedPhotographs, type Photograph, photographs } from '../../data/photographs.ts';
import { avgPool2d } from '../../ops/nn/pool.ts';
import { reshape } from '../../ops/shape/shape.ts';
import { jit } from '../../tensor/jit.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Picture } from './patches.ts';
import { whitened } from './whitened.ts';

/** Pictures to learn from, and others to measure responses on. */
export interface PictureSet {
  readonly train: readonly Picture[];
  readonly test: readonly Picture[];
}

/** Pixels. Smaller leaves make edges shorter than a patch, larger ones leave few edges to learn from. */
const RADII = [5, 30] as const;
const SIZE = 128;

/** As many pictures again are held out. */
export function deadLeaves(images: number, seed: number): PictureSet {
  const { data } = makeDeadLeaves({ images: 2 * images, size: SIZE, radii: RADII, seed });
  const values = Float32Array.from(data, Number);
  const pictures = Array.from({ length: 2 * images }, (_, i): Picture => {
    const pixels = values.slice(i * SIZE ** 2, (i + 1) * SIZE ** 2);
    return { width: SIZE, height: SIZE, values: standardised(pixels) };
  });
  return { train: pictures.slice(0, images), test: pictures.slice(images) };
}

/** Photographs, and where they were. */
interface FoundPhotographs extends PictureSet {
  readonly location: string;
}

/**
 * The photographs in a folder, or where npm has put them, at half their size.
 * @returns undefined if no folder is named and they are not installed
 */
export async function findPhotographs(path: string | undefined): Promise<FoundPhotographs | undefined> {
  const location = path ?? installedPhotographs();
  if (location === undefined) return undefined;
  const { train, test } = await photographs({ path: location });
  const toPictures = (all: readonly Photograph[]) => Promise.all(all.map(halfSize));
  return { train: await toPictures(train), test: await toPictures(test), location };
}

/** Means of 2 x 2 pixels: about the size of the pictures of 1996, and without the grain of the print. */
async function halfSize({ luminance }: Photograph): Promise<Picture> {
  const shape = luminance.shape.slice(0, 2);
  const half = avgPool2d(reshape(luminance, [1, ...shape, 1]), { poolSize: 2 });
  const [height, width] = [at(half.shape, 1), at(half.shape, 2)];
  return { width, height, values: standardised(Float32Array.from(await half.data(), Number)) };
}

/** The pictures with a flat spectrum, each of variance 1. */
export async function whitenedPictures(pictures: readonly Picture[]): Promise<Picture[]> {
  const whiten = jit((image: Tensor) => whitened(image));
  const results: Picture[] = [];
  for (const { width, height, values } of pictures) {
    const pixels = await whiten(fromHost(values, [height, width], 'float32')).data();
    results.push({ width, height, values: standardised(Float32Array.from(pixels, Number)) });
  }
  return results;
}

/** Mean 0 and variance 1. */
function standardised(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(variance));
}
