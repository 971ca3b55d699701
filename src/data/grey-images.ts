import { AntlerShapeError, AntlerTypeError } from '../util/errors.ts';
import type { Shape } from '../util/shapes.ts';

/** Many grey images of one size on the host; 0 is background, 255 ink. */
export interface GreyImages {
  /** Row-major. */
  readonly data: Uint8Array;
  /** [count, height, width] or [count, height, width, 1]. */
  readonly shape: Shape;
}

/** The sizes of grey images. */
interface GreySizes {
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/** @throws AntlerTypeError or AntlerShapeError unless these are grey images of bytes */
export function greySizes({ data, shape }: GreyImages, where: string): GreySizes {
  if (!(data instanceof Uint8Array))
    throw new AntlerTypeError({
      where,
      expected: 'images of uint8',
      got: `a ${Object(data).constructor.name}`,
    });
  const [count, height, width, channels = 1] = shape;
  const product = shape.reduce((size, extent) => size * extent, 1);
  const isGrey = shape.length >= 3 && shape.length <= 4 && channels === 1 && product === data.length;
  if (isGrey && count !== undefined && height !== undefined && width !== undefined)
    return { count, height, width };
  throw new AntlerShapeError({
    where,
    expected: '[count, height, width] or [count, height, width, 1], with as many bytes',
    got: `[${shape.join(', ')}] and ${data.length} bytes`,
  });
}
