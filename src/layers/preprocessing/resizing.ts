import { type Interpolation, resize } from '../../ops/image/resize.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { unknownName } from '../../util/suggest.ts';
import { requireDataFormat } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';
import { cropToRatio, padToRatio } from './aspect-ratio.ts';
import { ofPictures, PICTURES, type PictureConfig } from './pictures.ts';

/** Options of `resizing`. */
export interface ResizingConfig extends PictureConfig {
  readonly height: number;
  readonly width: number;
  /** How to fill in between pixels. Default `bilinear`. */
  readonly interpolation: Interpolation;
  /** Keep the ratio of the sides, and cut off what stands over. Default false. */
  readonly cropToAspectRatio: boolean;
  /** Keep the ratio of the sides, and put a border around. Default false. */
  readonly padToAspectRatio: boolean;
  /** What the border is made of: one value. */
  readonly fillMode: 'constant';
  /** The value of the border. Default 0. */
  readonly fillValue: number;
  /** Widen the kernel when shrinking, so that no pixel is skipped. Default false. */
  readonly antialias: boolean;
}

const INTERPOLATIONS: readonly Interpolation[] = ['nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'];

/**
 * Pictures of another size: [batch, height', width', channels], or one picture without the batch, to the same with the
 * given height and width. As Keras 3.
 */
export const resizing = defineLayer({
  type: 'Resizing',
  required: ['height', 'width'],
  defaults: {
    interpolation: 'bilinear',
    cropToAspectRatio: false,
    padToAspectRatio: false,
    fillMode: 'constant',
    fillValue: 0,
    antialias: false,
    dataFormat: 'channelsLast',
  },
  input: PICTURES,
  check: requireResizing,
  call: ({ config }, x) => ofPictures(x, config.dataFormat, (pictures) => resized(pictures, config)),
});

function requireResizing(config: ResizingConfig, where: string): void {
  const { height, width, dataFormat, interpolation, fillMode } = config;
  requireWhole(height, 'height', where);
  requireWhole(width, 'width', where);
  requireDataFormat(dataFormat, where);
  if (!INTERPOLATIONS.includes(interpolation)) {
    const name = String(interpolation);
    throw unknownName({ where, kind: 'an interpolation', name, known: INTERPOLATIONS });
  }
  if (fillMode !== 'constant') {
    throw unknownName({ where, kind: 'a fillMode', name: String(fillMode), known: ['constant'] });
  }
  if (config.cropToAspectRatio && config.padToAspectRatio) {
    const expected = 'cropToAspectRatio or padToAspectRatio';
    throw new AntlerValueError({ where, expected, got: 'both' });
  }
}

function resized(pictures: Tensor, config: ResizingConfig): Tensor {
  const { height, width, interpolation, antialias, fillValue } = config;
  const size = [height, width] as const;
  const inRatio = config.cropToAspectRatio
    ? cropToRatio(pictures, size)
    : config.padToAspectRatio
      ? padToRatio(pictures, size, fillValue)
      : pictures;
  return resize(inRatio, size, { interpolation, antialias });
}
