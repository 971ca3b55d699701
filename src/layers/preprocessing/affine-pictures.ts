import { zeros } from '../../ops/create.ts';
import {
  type AffineInterpolation,
  affineTransform,
  type FillMode,
} from '../../ops/image/affine-transform.ts';
import { add } from '../../ops/math/arithmetic.ts';
import { stack } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { unknownName } from '../../util/suggest.ts';
import type { PictureConfig } from './pictures.ts';

/** Options of the layers that move the pixels of pictures. */
export interface AffineConfig extends PictureConfig {
  /** What lies around a picture. Default `reflect`: its mirror image. */
  readonly fillMode: Exclude<FillMode, 'mirror'>;
  /** How to fill in between pixels. Default `bilinear`. */
  readonly interpolation: AffineInterpolation;
  /** The value around a picture with `constant`. Default 0. */
  readonly fillValue: number;
}

/** Their defaults. */
export const AFFINE_DEFAULTS = {
  fillMode: 'reflect',
  interpolation: 'bilinear',
  fillValue: 0,
  dataFormat: 'channelsLast',
} as const satisfies AffineConfig;

const FILL_MODES = ['constant', 'nearest', 'wrap', 'reflect'] as const;
const INTERPOLATIONS = ['nearest', 'bilinear'] as const;

/** @throws AntlerValueError for a mode or an interpolation it does not know */
export function requireAffine({ fillMode, interpolation }: AffineConfig, where: string): void {
  if (!FILL_MODES.includes(fillMode)) {
    throw unknownName({ where, kind: 'a fillMode', name: String(fillMode), known: FILL_MODES });
  }
  if (!INTERPOLATIONS.includes(interpolation)) {
    const name = String(interpolation);
    throw unknownName({ where, kind: 'an interpolation', name, known: INTERPOLATIONS });
  }
}

/** Where pixels come from: a0, a1, a2, b0, b1, b2 of `affineTransform`, each one number or one for each picture. */
export type Matrix = readonly [
  a0: Tensor | number,
  a1: Tensor | number,
  a2: Tensor | number,
  b0: Tensor | number,
  b1: Tensor | number,
  b2: Tensor | number,
];

/** Moves the pixels of pictures [batch, height, width, channels]. */
export function movePixels(pictures: Tensor, matrix: Matrix, config: AffineConfig): Tensor {
  const none = zeros([at(pictures.shape, 0)]);
  const columns = [...matrix, 0, 0].map((entry) => add(none, entry));
  const { fillMode, interpolation, fillValue } = config;
  return affineTransform(pictures, stack(columns, 1), { fillMode, interpolation, fillValue });
}
