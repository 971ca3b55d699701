import { where as choose } from '../../ops/math/arithmetic.ts';
import { lessEqual } from '../../ops/math/compare.ts';
import { flip, reshape } from '../../ops/shape/shape.ts';
import { lookUp } from '../../util/suggest.ts';
import { drawOfRange } from './factors.ts';
import type { PictureConfig } from './pictures.ts';
import { defineRandomPictures } from './random-pictures.ts';

/** Options of `randomFlip`. */
export interface RandomFlipConfig extends PictureConfig {
  /** Which sides change places. Default `horizontalAndVertical`: all of them together. */
  readonly mode: keyof typeof AXES;
}

/** The axes that are turned round, of [batch, height, width, channels]. */
const AXES = { horizontal: [2], vertical: [1], horizontalAndVertical: [1, 2] } as const;

/**
 * In training flips every other picture, at random; otherwise the identity: [batch, height, width, channels], or one
 * picture without the batch. As Keras 3, where one throw of the coin decides on both directions.
 */
export const randomFlip = defineRandomPictures({
  type: 'RandomFlip',
  defaults: { mode: 'horizontalAndVertical', dataFormat: 'channelsLast' },
  check({ mode }: RandomFlipConfig, where) {
    lookUp(AXES, mode, { where, kind: 'a mode' });
  },
  change({ mode }, pictures, stream) {
    const isFlipped = lessEqual(drawOfRange(stream, pictures, [0, 1]), 0.5);
    return choose(reshape(isFlipped, [-1, 1, 1, 1]), flip(pictures, AXES[mode]), pictures);
  },
});
