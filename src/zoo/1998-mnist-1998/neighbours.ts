import { kNearestNeighbours } from '../../classic/nearest-neighbours.ts';
import { tangentNeighbours } from '../../classic/tangent-neighbours.ts';
import { resize } from '../../ops/image/resize.ts';
import { reshape } from '../../ops/shape/shape.ts';
import { slice } from '../../ops/shape/slicing.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { countWrong, errorOfRows, forChoosing, forPieces, pixelRows, type Split, thin } from './digits.ts';

const CHOICES_OF_K = [1, 3, 5] as const;

/** k nearest neighbours among the pixels, k chosen on the last sixth of the training digits. */
export async function nearestNeighbours(split: Split, progress: Progress): Promise<number> {
  const choosing = await errorsForEachK(forChoosing(split), (done) => progress(done / 2, 'choosing k'));
  const best = choosing.indexOf(Math.min(...choosing));
  const note = `k = ${CHOICES_OF_K[best]}`;
  const errors = await errorsForEachK(split, (done) => progress((1 + done) / 2, note));
  return at(errors, best);
}

/** One search serves every k. */
async function errorsForEachK({ train, test }: Split, progress: Progress): Promise<number[]> {
  using rows = pixelRows(train);
  const model = kNearestNeighbours({ k: Math.max(...CHOICES_OF_K) }).fit(rows, train.labels);
  const wrong = CHOICES_OF_K.map(() => 0);
  await forPieces(test, progress, async (pixels, labels) => {
    const { indices } = model.neighbours(pixels);
    for (const [i, k] of CHOICES_OF_K.entries()) {
      const nearest = slice(indices, [0, 0], [labels.length, k]);
      wrong[i] = at(wrong, i) + (await countWrong(model.vote(nearest), labels));
    }
    indices.dispose();
  });
  return wrong.map((count) => count / test.count);
}

/** The images that tangents are taken of, as in 1998. */
const SMALL = 16;

/** Pixels that are cut off at each side first: no more than a few digits reach them. */
const MARGIN = 2;

/** The nearest by tangent distance, for every fifth test digit at 16 x 16 pixels. */
export async function tangentDistance({ train, test }: Split, progress: Progress): Promise<number> {
  using rows = pixelRows(train);
  const shrink = jit(shrunken);
  using known = shrink(rows);
  const model = tangentNeighbours().fit(known, train.labels);
  const some = thin(test, Math.ceil(test.count / 5));
  return await errorOfRows((x) => model.predict(shrink(x)), some, progress);
}

/** [count, 784] to [count, 16, 16], smooth. */
function shrunken(rows: Tensor): Tensor {
  const count = at(rows.shape, 0);
  const whole = reshape(rows, [count, 28, 28, 1]);
  const inner = 28 - 2 * MARGIN;
  const middle = slice(whole, [0, MARGIN, MARGIN, 0], [count, inner, inner, 1]);
  return reshape(resize(middle, [SMALL, SMALL], { antialias: true }), [count, SMALL, SMALL]);
}
