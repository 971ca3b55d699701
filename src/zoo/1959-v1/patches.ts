import { NumberStream } from '../../random/number-stream.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';

/** Grey values, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Which patches to cut out. */
export interface PatchOptions {
  readonly count: number;
  /** Pixels of a side. */
  readonly side: number;
  /** Pixels along the edges of a picture that no patch has. */
  readonly margin: number;
  readonly seed: number;
  /** Independent draws under one seed. */
  readonly branch: number;
}

/**
 * Squares from anywhere in any of the pictures, each minus its own mean; all over one number, so that pixels vary by 1.
 * @returns float32 [count, side * side]
 */
export function drawPatches(pictures: readonly Picture[], options: PatchOptions): Tensor {
  const { count, side, margin, seed, branch } = options;
  const numbers = new NumberStream(seed, branch);
  const area = side * side;
  const data = new Float32Array(count * area);
  for (let i = 0; i < count; i++) {
    const { width, height, values } = at(pictures, numbers.below(pictures.length));
    const left = margin + numbers.below(width - 2 * margin - side + 1);
    const top = margin + numbers.below(height - 2 * margin - side + 1);
    const patch = data.subarray(i * area, (i + 1) * area);
    for (let row = 0; row < side; row++) {
      const start = (top + row) * width + left;
      patch.set(values.subarray(start, start + side), row * side);
    }
    const mean = patch.reduce((sum, value) => sum + value, 0) / area;
    for (let pixel = 0; pixel < area; pixel++) patch[pixel] = (patch[pixel] as number) - mean;
  }
  const deviation = Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
  return fromHost(
    data.map((value) => value / deviation),
    [count, area],
    'float32',
  );
}
