import type { Progress } from '../study.ts';
import { fitGabor } from './gabor-fit.ts';

/** Learned fields, and how near each is to a Gabor. */
export type Fields = {
  /** [fields, side * side]. */
  readonly values: Float32Array;
  /** Pixels of a side. */
  readonly side: number;
  /** Share of the variance that the best Gabor explains: [fields]. */
  readonly r2: Float64Array;
  /** Of that Gabor's wave, in radians: [fields]. */
  readonly orientations: Float64Array;
  /** Of that Gabor's wave, in cycles a pixel: [fields]. */
  readonly frequencies: Float64Array;
};

/** Fits a Gabor to each field. @param rows [fields, side * side] */
export async function scoreFields(
  rows: ArrayLike<number>,
  side: number,
  progress: Progress,
): Promise<Fields> {
  const values = Float32Array.from(rows);
  const count = values.length / side ** 2;
  const [r2, orientations, frequencies] = [0, 1, 2].map(() => new Float64Array(count)) as Three;
  for (let i = 0; i < count; i++) {
    const field = Float64Array.from(values.subarray(i * side ** 2, (i + 1) * side ** 2));
    const fit = fitGabor(field, side);
    r2[i] = fit.r2;
    orientations[i] = fit.gabor.orientation;
    frequencies[i] = Math.abs(fit.gabor.frequency);
    await progress((i + 1) / count, `Gabor fit ${i + 1} of ${count}`);
  }
  return { values, side, r2, orientations, frequencies };
}

type Three = [Float64Array, Float64Array, Float64Array];
