import { tensor } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Fixed connections fall off from the middle of a window like a Gaussian; row-major, their sum 1. */
export function gaussianWindow(size: number, deviation: number): Float32Array {
  const middle = (size - 1) / 2;
  const heights = Float64Array.from({ length: size * size }, (_, i) => {
    const [y, x] = [Math.floor(i / size) - middle, (i % size) - middle];
    return Math.exp(-(x * x + y * y) / (2 * deviation * deviation));
  });
  const total = heights.reduce((sum, height) => sum + height, 0);
  return Float32Array.from(heights, (height) => height / total);
}

/** `gaussianWindow` for a convolution of one plane: [size, size, 1, 1]. */
export function gaussianKernel(size: number, deviation: number): Tensor {
  return tensor(gaussianWindow(size, deviation), [size, size, 1, 1]);
}
