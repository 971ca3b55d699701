import { mul } from '../../ops/math/arithmetic.ts';
import { fft2, ifft2 } from '../../ops/signal/fourier.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';

/** Cycles a pixel at which the filter lets through 1/e; 200 cycles of the paper's pictures of 512 pixels. */
const CUTOFF = 200 / 512;

/**
 * Flattens the spectrum of images and leaves out the finest waves: each frequency f times f exp(-(f / f0)^4). Olshausen, Field
 * 1997, "Sparse coding with an overcomplete basis set", section 4. The images count as periodic: their edges are no picture.
 * @param images [..., height, width]
 */
export function whitened(images: Tensor): Tensor {
  const [height, width] = [at(images.shape, -2), at(images.shape, -1)];
  const gains = Float32Array.from({ length: height * width }, (_, i) => {
    const frequency = Math.hypot(signed(i % width, width), signed(Math.floor(i / width), height));
    return frequency * Math.exp(-((frequency / CUTOFF) ** 4));
  });
  const filter = fromHost(gains, [height, width], 'float32');
  const { real, imag } = fft2(images);
  return ifft2({ real: mul(real, filter), imag: mul(imag, filter) }).real;
}

/** Cycles a pixel of one place of a spectrum, in -1/2 .. 1/2. */
function signed(index: number, length: number): number {
  return (index > length / 2 ? index - length : index) / length;
}
