import { add, cast, clip, mul } from '../../ops/math/arithmetic.ts';
import { reshape } from '../../ops/shape/shape.ts';
import { drawOfRange, type Factor, type Range, rangeOf, requireFactor, requireRange } from './factors.ts';
import type { PictureConfig } from './pictures.ts';
import { defineRandomPictures } from './random-pictures.ts';

/** Options of `randomBrightness`. */
export interface RandomBrightnessConfig extends PictureConfig {
  /** Parts of the range of values that are added, in [-1, 1]. */
  readonly factor: Factor;
  /** The least and the greatest value of a pixel; results are cut off there. Default 0 and 255. */
  readonly valueRange: Range;
}

/**
 * In training adds a random number to all pixels of a picture; otherwise the identity: [batch, height, width,
 * channels], or one picture without the batch. As Keras 3.
 */
export const randomBrightness = defineRandomPictures({
  type: 'RandomBrightness',
  required: ['factor'],
  defaults: { valueRange: [0, 255], dataFormat: 'channelsLast' },
  check({ factor, valueRange }: RandomBrightnessConfig, where) {
    requireFactor(factor, { option: 'factor', where, low: -1, high: 1 });
    requireRange(valueRange, 'valueRange', where);
  },
  change({ factor, valueRange: [least, greatest] }, pictures, stream) {
    const part = reshape(drawOfRange(stream, pictures, rangeOf(factor)), [-1, 1, 1, 1]);
    const light = cast(mul(part, greatest - least), pictures.dtype);
    return clip(add(pictures, light), least, greatest);
  },
});
