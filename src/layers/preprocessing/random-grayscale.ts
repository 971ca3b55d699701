import { cast, where as choose, mul } from '../../ops/math/arithmetic.ts';
import { less } from '../../ops/math/compare.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { reshape } from '../../ops/shape/shape.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { drawOfRange } from './factors.ts';
import type { PictureConfig } from './pictures.ts';
import { defineRandomPictures } from './random-pictures.ts';

/** Options of `randomGrayscale`. */
export interface RandomGrayscaleConfig extends PictureConfig {
  /** Part of the pictures that lose their colours, in [0, 1]. Default 0.5. */
  readonly factor: number;
}

/**
 * In training takes the colours away from a part of the pictures; otherwise the identity: [batch, height, width, 3 or
 * 1], or one picture without the batch. As Keras 3.
 */
export const randomGrayscale = defineRandomPictures({
  type: 'RandomGrayscale',
  defaults: { factor: 0.5, dataFormat: 'channelsLast' },
  check({ factor }: RandomGrayscaleConfig, where) {
    if (factor >= 0 && factor <= 1) return;
    throw new AntlerValueError({ where, expected: 'factor in [0, 1]', got: `${factor}` });
  },
  change({ factor }, pictures, stream) {
    const isGray = less(drawOfRange(stream, pictures, [0, 1]), factor);
    return choose(reshape(isGray, [-1, 1, 1, 1]), grayOf(pictures), pictures);
  },
});

/** How bright red, green and blue look: ITU-R BT.601. */
const LUMA = Float64Array.of(0.2989, 0.587, 0.114);

function grayOf(pictures: Tensor): Tensor {
  const channels = pictures.shape.at(-1);
  if (channels === 1) return pictures;
  if (channels !== 3) {
    const expected = '3 channels, red, green and blue, or 1';
    throw new AntlerShapeError({ where: 'input', expected, got: formatShape(pictures.shape) });
  }
  const shares = cast(fromHost(LUMA, [3], 'float64'), pictures.dtype);
  return sum(mul(pictures, shares), { axis: -1, keepDims: true });
}
