import { add, cast, clip, mul, sub } from '../../ops/math/arithmetic.ts';
import { mean } from '../../ops/reduce/reduce.ts';
import { reshape } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { drawOfRange, type Factor, type Range, rangeOf, requireFactor, requireRange } from './factors.ts';
import type { PictureConfig } from './pictures.ts';
import { defineRandomPictures } from './random-pictures.ts';

/** Options of `randomContrast`. */
export interface RandomContrastConfig extends PictureConfig {
  /**
   * In [0, 1]: two numbers multiply contrast with 1 - the first to 1 + the second; one number only raises it, by up to
   * that part.
   */
  readonly factor: Factor;
  /** The least and the greatest value of a pixel; results are cut off there. Default 0 and 255. */
  readonly valueRange: Range;
}

/**
 * In training multiplies the distance of pixels from the mean of their channel by a random factor; otherwise the
 * identity: [batch, height, width, channels], or one picture without the batch. As Keras 3.
 */
export const randomContrast = defineRandomPictures({
  type: 'RandomContrast',
  required: ['factor'],
  defaults: { valueRange: [0, 255], dataFormat: 'channelsLast' },
  check({ factor, valueRange }: RandomContrastConfig, where) {
    requireFactor(factor, { option: 'factor', where, low: 0, high: 1 });
    requireRange(valueRange, 'valueRange', where);
  },
  change({ factor, valueRange }, pictures, stream) {
    const [low, high] = rangeOf(factor, 0);
    const drawn = drawOfRange(stream, pictures, [1 - low, 1 + high]);
    return adjustContrast(pictures, drawn, valueRange);
  },
});

/** Pictures [batch, height, width, channels] whose contrast is multiplied, by a factor [batch] each. */
export function adjustContrast(pictures: Tensor, factor: Tensor, [least, greatest]: Range): Tensor {
  const middle = mean(pictures, { axis: [1, 2], keepDims: true });
  const times = cast(reshape(factor, [-1, 1, 1, 1]), pictures.dtype);
  return clip(add(mul(sub(pictures, middle), times), middle), least, greatest);
}
