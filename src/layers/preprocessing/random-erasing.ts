import { arange } from '../../ops/create.ts';
import { add, cast, where as choose, clip, mul, sub } from '../../ops/math/arithmetic.ts';
import { greaterEqual, less, logicalAnd } from '../../ops/math/compare.ts';
import { sqrt } from '../../ops/math/math.ts';
import { reshape } from '../../ops/shape/shape.ts';
import { normal } from '../../random/distributions.ts';
import { fromHost, hostArray, type Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import type { SeedGenerator } from '../seed-generator.ts';
import { drawOfRange, type Factor, type Range, rangeOf, requireFactor, requireRange } from './factors.ts';
import { type PictureConfig, sizeOfPictures } from './pictures.ts';
import { defineRandomPictures } from './random-pictures.ts';

/** Options of `randomErasing`. */
export interface RandomErasingConfig extends PictureConfig {
  /** The probability that a picture is changed, drawn anew each time from 0, or the first, to this, or the second. Default 1. */
  readonly factor: Factor;
  /** The part of the area that is erased, about, in [0, 1]. Default from 0.02 to 0.33. */
  readonly scale: Factor;
  /** What stands there instead: one value, or one for each channel. Default null: normal noise. */
  readonly fillValue: number | readonly number[] | null;
  /** The least and the greatest value of a pixel. Default 0 and 255. */
  readonly valueRange: Range;
}

/**
 * In training puts a rectangle of noise, or of one colour, somewhere into each picture (Zhong 2017); otherwise the
 * identity: [batch, height, width, channels], or one picture without the batch. As Keras 3.
 */
export const randomErasing = defineRandomPictures({
  type: 'RandomErasing',
  defaults: {
    factor: 1,
    scale: [0.02, 0.33],
    fillValue: null,
    valueRange: [0, 255],
    dataFormat: 'channelsLast',
  },
  check({ factor, scale, valueRange }: RandomErasingConfig, where) {
    requireFactor(factor, { option: 'factor', where, low: 0, high: 1 });
    requireFactor(scale, { option: 'scale', where, low: 0, high: 1 });
    requireRange(valueRange, 'valueRange', where);
  },
  change(config, pictures, stream) {
    const [height, width] = sizeOfPictures(pictures);
    const scale = rangeOf(config.scale, 0);
    const columns = reshape(strip(pictures, width, scale, stream), [-1, 1, width, 1]);
    const rows = reshape(strip(pictures, height, scale, stream), [-1, height, 1, 1]);
    const chance = drawOfRange(stream, pictures, rangeOf(config.factor, 0));
    const isErased = reshape(less(drawOfRange(stream, pictures, [0, 1]), chance), [-1, 1, 1, 1]);
    const rectangle = logicalAnd(logicalAnd(rows, columns), isErased);
    return choose(rectangle, fillingOf(pictures, config, stream), pictures);
  },
});

/** Which places of an axis are erased, of each picture: bool [batch, extent]. */
function strip(pictures: Tensor, extent: number, scale: Range, stream: SeedGenerator): Tensor {
  const length = mul(sqrt(drawOfRange(stream, pictures, scale)), extent);
  const start = mul(drawOfRange(stream, pictures, [0, 1]), sub(extent, length));
  const places = arange(0, extent, 1, 'float32');
  const [first, end] = [start, add(start, length)].map((x) => reshape(x, [-1, 1])) as [Tensor, Tensor];
  return logicalAnd(greaterEqual(places, first), less(places, end));
}

function fillingOf(
  pictures: Tensor,
  { fillValue, valueRange: [least, greatest] }: RandomErasingConfig,
  stream: SeedGenerator,
): Tensor | number {
  if (fillValue === null) {
    const noise = mul(normal(stream.next(), pictures.shape), greatest);
    return cast(clip(noise, least, greatest), pictures.dtype);
  }
  if (typeof fillValue === 'number') return Math.min(Math.max(fillValue, least), greatest);
  if (fillValue.length !== at(pictures.shape, 3)) {
    const expected = `pictures of ${fillValue.length} channels, for as many values of fillValue`;
    throw new AntlerShapeError({ where: 'input', expected, got: formatShape(pictures.shape) });
  }
  const colour = fromHost(hostArray(pictures.dtype, fillValue), [fillValue.length], pictures.dtype);
  return clip(colour, least, greatest);
}
