import { add, mul, neg, sub } from '../../ops/math/arithmetic.ts';
import { cos, sin } from '../../ops/math/math.ts';
import { AFFINE_DEFAULTS, type AffineConfig, movePixels, requireAffine } from './affine-pictures.ts';
import { drawOfRange, type Factor, rangeOf, requireFactor } from './factors.ts';
import { sizeOfPictures } from './pictures.ts';
import { defineRandomPictures } from './random-pictures.ts';

/** Options of `randomRotation`. */
export interface RandomRotationConfig extends AffineConfig {
  /** Parts of a full turn, in [-1, 1]: 0.1 turns by up to 36 degrees to either side. */
  readonly factor: Factor;
}

/**
 * In training turns each picture around its middle by a random angle; otherwise the identity: [batch, height, width,
 * channels], or one picture without the batch. Positive angles turn counterclockwise. As Keras 3.
 */
export const randomRotation = defineRandomPictures({
  type: 'RandomRotation',
  required: ['factor'],
  defaults: AFFINE_DEFAULTS,
  check(config: RandomRotationConfig, where) {
    requireFactor(config.factor, { option: 'factor', where, low: -1, high: 1 });
    requireAffine(config, where);
  },
  change(config, pictures, stream) {
    const [low, high] = rangeOf(config.factor);
    const turn = mul(drawOfRange(stream, pictures, [low * 360, high * 360]), Math.PI / 180);
    const [cosine, sine] = [cos(turn), sin(turn)];
    const [cy, cx] = sizeOfPictures(pictures).map((extent) => (extent - 1) / 2) as [number, number];
    const a2 = add(sub(cx, mul(cosine, cx)), mul(sine, cy));
    const b2 = sub(sub(cy, mul(sine, cx)), mul(cosine, cy));
    return movePixels(pictures, [cosine, neg(sine), a2, sine, cosine, b2], config);
  },
});
