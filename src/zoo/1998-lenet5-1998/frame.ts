import { defineLayer } from '../../layers/define-layer.ts';
import { add, cast, mul, pad } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Paper and ink of the paper's input: over an image their mean is near 0 and their deviation below 1. */
const [PAPER, INK] = [-0.1, 1.175] as const;

/** Bytes [batch, 28, 28, 1] in the middle of 32 x 32: paper -0.1, ink 1.175. A stroke's end can lie in any window. */
export function frame(images: Tensor): Tensor {
  const ink = mul(cast(images, 'float32'), (INK - PAPER) / 255);
  return pad(
    add(ink, PAPER),
    [
      [0, 0],
      [2, 2],
      [2, 2],
      [0, 0],
    ],
    { value: PAPER },
  );
}

/** `frame` as a layer. */
export const framed = defineLayer({
  type: 'Framed',
  defaults: {},
  input: '[batch, height, width, channels]',
  call: (_layer, images) => frame(images),
});
