import { mul } from '../../ops/math/arithmetic.ts';
import { AFFINE_DEFAULTS, type AffineConfig, movePixels, requireAffine } from './affine-pictures.ts';
import { drawOfRange, type Factor, rangeOf, requireFactor } from './factors.ts';
import { sizeOfPictures } from './pictures.ts';
import { defineRandomPictures } from './random-pictures.ts';

/** Options of `randomTranslation`. */
export interface RandomTranslationConfig extends AffineConfig {
  /** Parts of the height, in [-1, 1]: positive ones move down. */
  readonly heightFactor: Factor;
  /** Parts of the width, in [-1, 1]: positive ones move to the right. */
  readonly widthFactor: Factor;
}

/**
 * In training moves each picture by random distances; otherwise the identity: [batch, height, width, channels], or one
 * picture without the batch. As Keras 3.
 */
export const randomTranslation = defineRandomPictures({
  type: 'RandomTranslation',
  required: ['heightFactor', 'widthFactor'],
  defaults: AFFINE_DEFAULTS,
  check(config: RandomTranslationConfig, where) {
    requireFactor(config.heightFactor, { option: 'heightFactor', where, low: -1, high: 1 });
    requireFactor(config.widthFactor, { option: 'widthFactor', where, low: -1, high: 1 });
    requireAffine(config, where);
  },
  change(config, pictures, stream) {
    const [height, width] = sizeOfPictures(pictures);
    const down = drawOfRange(stream, pictures, rangeOf(config.heightFactor));
    const right = drawOfRange(stream, pictures, rangeOf(config.widthFactor));
    return movePixels(pictures, [1, 0, mul(right, -width), 0, 1, mul(down, -height)], config);
  },
});
