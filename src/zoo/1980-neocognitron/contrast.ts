import { concat, conv2d, neg, relu, sub } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { gaussianKernel } from './windows.ts';

const SIZE = 7;
const CENTRE_PIXELS = 0.6;
const SURROUND_PIXELS = 1.4;

/**
 * U_G, cells that see contrast as those of the retina do: on-centre ones answer to ink brighter than around it, off-centre
 * ones to the opposite (Fukushima 2003). [batch, height, width, 1] to [batch, height, width, 2].
 */
export function contrastCells(image: Tensor): Tensor {
  const difference = sub(gaussianKernel(SIZE, CENTRE_PIXELS), gaussianKernel(SIZE, SURROUND_PIXELS));
  const contrast = conv2d(image, difference, { padding: 'same' });
  return relu(concat([contrast, neg(contrast)], -1));
}
