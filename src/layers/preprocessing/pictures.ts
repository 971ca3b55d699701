import { expandDims, squeeze } from '../../ops/shape/shape.ts';
import { slice } from '../../ops/shape/slicing.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type DataFormat, withChannelsLast } from '../data-format.ts';

/** Axes of what the layers of pictures take: one picture, or a batch of them. */
export const PICTURES = '[..., height, width, channels]';

/** Options that all layers of pictures have. */
export interface PictureConfig {
  readonly dataFormat: DataFormat;
}

/**
 * Applies a function of pictures [batch, height, width, channels] to a batch of either format, or to one picture
 * without a batch axis; the result has the form of the input.
 * @throws AntlerShapeError for another rank
 */
export function ofPictures(x: Tensor, format: DataFormat, f: (pictures: Tensor) => Tensor): Tensor {
  if (x.rank === 4) return withChannelsLast(x, format, f);
  if (x.rank === 3) return squeeze(withChannelsLast(expandDims(x, 0), format, f), 0);
  throw new AntlerShapeError({
    where: 'input',
    expected: 'one picture, of 3 axes, or a batch of pictures, of 4',
    got: formatShape(x.shape),
  });
}

/** Height and width. */
export type Size = readonly [height: number, width: number];

/** Height and width of pictures [batch, height, width, channels]. */
export function sizeOfPictures({ shape }: Tensor): Size {
  return [at(shape, 1), at(shape, 2)];
}

/** The part of pictures [batch, height, width, channels] that begins at a row and a column. */
export function cutOut(
  pictures: Tensor,
  [top, left]: readonly [number, number],
  [height, width]: Size,
): Tensor {
  return slice(pictures, [0, top, left, 0], [-1, height, width, -1]);
}
