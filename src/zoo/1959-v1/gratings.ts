import { fromHost, type Tensor } from '../../tensor/tensor.ts';

/** A sinusoid of light and dark bars around grey. */
export interface Grating {
  /** The way across its bars, in radians. */
  readonly orientation: number;
  /** Cycles a pixel. */
  readonly frequency: number;
  /** In the middle of the image. */
  readonly phase: number;
}

/** cos(2 pi frequency x' - phase) around the middle of the image: float32 [gratings, size * size]. */
export function drawGratings(gratings: readonly Grating[], size: number): Tensor {
  const data = new Float32Array(gratings.length * size * size);
  const middle = (size - 1) / 2;
  gratings.forEach(({ orientation, frequency, phase }, i) => {
    const [u, v] = [frequency * Math.cos(orientation), frequency * Math.sin(orientation)];
    for (let pixel = 0; pixel < size * size; pixel++) {
      const [right, down] = [(pixel % size) - middle, Math.floor(pixel / size) - middle];
      data[i * size * size + pixel] = Math.cos(2 * Math.PI * (u * right + v * down) - phase);
    }
  });
  return fromHost(data, [gratings.length, size * size], 'float32');
}

/** One grating at evenly spaced moments of a cycle, as it drifts. */
export function drifting(grating: Omit<Grating, 'phase'>, moments: number): Grating[] {
  return Array.from({ length: moments }, (_, i) => ({ ...grating, phase: (2 * Math.PI * i) / moments }));
}
