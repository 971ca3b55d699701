import { mul, sub } from '../../ops/math/arithmetic.ts';
import { AFFINE_DEFAULTS, type AffineConfig, movePixels, requireAffine } from './affine-pictures.ts';
import { drawOfRange, type Factor, type Range, rangeOf, requireFactor } from './factors.ts';
import { sizeOfPictures } from './pictures.ts';
import { defineRandomPictures } from './random-pictures.ts';

/** Options of `randomZoom`. */
export interface RandomZoomConfig extends AffineConfig {
  /** Parts of the height by which more is seen, in (-1, 1]: positive ones zoom out, negative ones zoom in. */
  readonly heightFactor: Factor;
  /** The same of the width. Default null: as much as of the height, so that the ratio of the sides stays. */
  readonly widthFactor: Factor | null;
}

const BOUNDS = { low: -1, high: 1, isOpen: true };

/**
 * In training zooms into each picture, or out of it, around its middle; otherwise the identity: [batch, height, width,
 * channels], or one picture without the batch. As Keras 3.
 */
export const randomZoom = defineRandomPictures({
  type: 'RandomZoom',
  required: ['heightFactor'],
  defaults: { widthFactor: null, ...AFFINE_DEFAULTS },
  check(config: RandomZoomConfig, where) {
    const { heightFactor, widthFactor } = config;
    requireFactor(heightFactor, { ...BOUNDS, option: 'heightFactor', where });
    if (widthFactor !== null) requireFactor(widthFactor, { ...BOUNDS, option: 'widthFactor', where });
    requireAffine(config, where);
  },
  change(config, pictures, stream) {
    const [cy, cx] = sizeOfPictures(pictures).map((extent) => (extent - 1) / 2) as [number, number];
    const rows = drawOfRange(stream, pictures, aroundOne(config.heightFactor));
    const { widthFactor } = config;
    const columns = widthFactor === null ? rows : drawOfRange(stream, pictures, aroundOne(widthFactor));
    const [a2, b2] = [mul(sub(1, columns), cx), mul(sub(1, rows), cy)];
    return movePixels(pictures, [columns, 0, a2, 0, rows, b2], config);
  },
});

function aroundOne(factor: Factor): Range {
  const [low, high] = rangeOf(factor);
  return [1 + low, 1 + high];
}
