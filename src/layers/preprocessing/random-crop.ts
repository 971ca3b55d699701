import { arange } from '../../ops/create.ts';
import { take } from '../../ops/index/take.ts';
import { add } from '../../ops/math/arithmetic.ts';
import { randint } from '../../random/distributions.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { requireDataFormat } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';
import type { SeedGenerator } from '../seed-generator.ts';
import { fitTo } from './aspect-ratio.ts';
import { ofPictures, PICTURES, type PictureConfig, sizeOfPictures } from './pictures.ts';

/** Options of `randomCrop`. */
export interface RandomCropConfig extends PictureConfig {
  readonly height: number;
  readonly width: number;
}

/**
 * In training a part of the pictures at a random place, the same for the whole batch: [batch, height', width',
 * channels], or one picture without the batch, to the same with the given height and width. Otherwise, and of smaller
 * pictures, the largest part in the middle that has this ratio, brought to this size. As Keras 3 says it in its
 * documentation; its code leaves pictures as they are outside training, so that shapes would differ.
 */
export const randomCrop = defineLayer({
  type: 'RandomCrop',
  required: ['height', 'width'],
  defaults: { dataFormat: 'channelsLast' },
  input: PICTURES,
  check({ height, width, dataFormat }: RandomCropConfig, where) {
    requireWhole(height, 'height', where);
    requireWhole(width, 'width', where);
    requireDataFormat(dataFormat, where);
  },
  build: (_config: RandomCropConfig, _input, weights) => ({ stream: weights.seedGenerator() }),
  call: ({ config: { height, width, dataFormat }, stream }, x, { training }) =>
    ofPictures(x, dataFormat, (pictures) => {
      const [rows, columns] = sizeOfPictures(pictures);
      if (!training || rows < height || columns < width) return fitTo(pictures, [height, width]);
      return somewhere(somewhere(pictures, 1, height, stream), 2, width, stream);
    }),
});

/** So many neighbouring elements of an axis, from a random place on. */
function somewhere(x: Tensor, axis: number, count: number, stream: SeedGenerator): Tensor {
  const room = at(x.shape, axis) - count;
  if (room === 0) return x;
  const start = randint(stream.next(), [1], 0, room + 1);
  return take(x, add(arange(0, count, 1, 'int32'), start), axis);
}
