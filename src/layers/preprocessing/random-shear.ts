import { mul, where } from '../../ops/math/arithmetic.ts';
import { greater } from '../../ops/math/compare.ts';
import { AFFINE_DEFAULTS, type AffineConfig, movePixels, requireAffine } from './affine-pictures.ts';
import { drawOfRange, type Factor, rangeOf, requireFactor } from './factors.ts';
import { defineRandomPictures } from './random-pictures.ts';

/** Options of `randomShear`. */
export interface RandomShearConfig extends AffineConfig {
  /** By how many columns each row moves against the one before, in [-1, 1]. Default 0. */
  readonly xFactor: Factor;
  /** By how many rows each column moves against the one before, in [-1, 1]. Default 0. */
  readonly yFactor: Factor;
}

/**
 * In training shears each picture, to one side or the other; otherwise the identity: [batch, height, width, channels],
 * or one picture without the batch. As Keras 3.
 */
export const randomShear = defineRandomPictures({
  type: 'RandomShear',
  defaults: { xFactor: 0, yFactor: 0, ...AFFINE_DEFAULTS },
  check(config: RandomShearConfig, where) {
    requireFactor(config.xFactor, { option: 'xFactor', where, low: -1, high: 1 });
    requireFactor(config.yFactor, { option: 'yFactor', where, low: -1, high: 1 });
    requireAffine(config, where);
  },
  change(config, pictures, stream) {
    const side = where(greater(drawOfRange(stream, pictures, [0, 1]), 0.5), -1, 1);
    const y = mul(drawOfRange(stream, pictures, rangeOf(config.yFactor)), side);
    const x = mul(drawOfRange(stream, pictures, rangeOf(config.xFactor)), side);
    return movePixels(pictures, [1, x, 0, y, 1, 0], config);
  },
});
