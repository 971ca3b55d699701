import type { Code, Local } from '../../encoder/index.ts';
import type { KernelFunction, Walk } from '../kernel-function.ts';
import { FLOAT_BYTES } from '../lanes.ts';
import type { ConvGeometry, ImageLayout } from './geometry.ts';
import { clearImage, copyIntoPadded } from './padded-image.ts';

/** Walk through the images of x from where `x` points. */
export function inputImages({ input, channels }: ConvGeometry, x: Local): Walk {
  return { start: x.get, step: input[0] * input[1] * channels * FLOAT_BYTES };
}

/** Walk through the images of y from where `y` points. */
export function outputImages({ output, filters }: ConvGeometry, y: Local): Walk {
  return { start: y.get, step: output[0] * output[1] * filters * FLOAT_BYTES };
}

/** For each image of the call: its x, with zeros around where windows reach over the border, and its y. */
export function walkImages(
  fn: KernelFunction,
  geometry: ConvGeometry,
  layout: ImageLayout,
  [x, y]: readonly [Local, Local],
  body: (x: Local, y: Local) => Code,
): Code {
  const walks = [inputImages(geometry, x), outputImages(geometry, y)];
  if (!layout.isPadded) return fn.walk(fn.rows.get, walks, (image, other) => body(image, other));
  return [
    clearImage(fn.workspace.get, layout),
    fn.walk(fn.rows.get, walks, (image, other) => [
      copyIntoPadded(fn, geometry, layout, [image.get, fn.workspace.get]),
      body(fn.workspace, other),
    ]),
  ];
}
