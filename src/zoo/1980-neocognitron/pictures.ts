import { tensor } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';

/** Pictures, or the planes of a layer for each of them, on the host. */
export interface Pictures {
  /** Row-major. */
  readonly data: Float32Array | Uint8Array;
  /** [count, height, width, planes]. */
  readonly shape: readonly number[];
}

/** Some pictures as a tensor. */
export function picturesAt({ data, shape }: Pictures, start: number, count = 1): Tensor {
  const [, ...rest] = shape;
  const size = rest.reduce((product, extent) => product * extent, 1);
  return tensor(data.subarray(start * size, (start + count) * size), [count, ...rest]);
}

const BATCH = 50;

/** What a layer makes of pictures, in batches. */
export async function throughLayer(
  pictures: Pictures,
  layer: (batch: Tensor) => Tensor,
  progress: Progress,
): Promise<{ readonly data: Float32Array; readonly shape: readonly number[] }> {
  const count = at(pictures.shape, 0);
  const parts: Float32Array[] = [];
  let rest: readonly number[] = [];
  for (let start = 0; start < count; start += BATCH) {
    const batch = picturesAt(pictures, start, Math.min(BATCH, count - start));
    const result = layer(batch);
    rest = result.shape.slice(1);
    parts.push((await result.data()) as Float32Array);
    batch.dispose();
    result.dispose();
    await progress(start / count);
  }
  return { data: joined(parts), shape: [count, ...rest] };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}

/** The first of them. */
export function firstPictures({ data, shape }: Pictures, count: number): Pictures {
  const all = at(shape, 0);
  const kept = Math.min(count, all);
  return { data: data.subarray(0, (data.length / all) * kept), shape: [kept, ...shape.slice(1)] };
}
