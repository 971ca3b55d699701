import { fromHost, hostArray, type Tensor } from '../../tensor/tensor.ts';
import type { TypedArray } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { rowMajorStrides } from '../../util/shapes.ts';
import { type TensorLike, toTensor } from '../convert.ts';

/** The distinct elements of a tensor and where they were. */
export interface Unique {
  /** Ascending, NaN last (once), in the dtype of x: [count]. */
  readonly values: Tensor;
  /** Place of the first of each among all elements, as int32: [count]. */
  readonly indices: Tensor;
  /** Place in `values` of each element, as int32, in the shape of x. */
  readonly inverse: Tensor;
  /** How often each occurs, as int32: [count]. */
  readonly counts: Tensor;
}

/** Ascending with NaN last. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}

/**
 * The distinct elements of x. How many there are depends on the elements, so this computes x and looks at it; it cannot
 * be used inside compiled functions.
 */
export async function unique(x: TensorLike): Promise<Unique> {
  const given = toTensor(x, 'unique');
  const data = await given.data();
  const order = Array.from(data.keys()).sort((a, b) => compare(at(data, a), at(data, b)) || a - b);
  const indices: number[] = [];
  const counts: number[] = [];
  const inverse = new Int32Array(data.length);
  for (const place of order) {
    const last = indices.at(-1);
    if (last === undefined || compare(at(data, last), at(data, place)) !== 0) {
      indices.push(place);
      counts.push(0);
    }
    counts[counts.length - 1] = at(counts, -1) + 1;
    inverse[place] = indices.length - 1;
  }
  const values = hostArray(
    given.dtype,
    indices.map((place) => at(data, place)),
  );
  return {
    values: fromHost(values, [indices.length], given.dtype),
    indices: integers(indices),
    inverse: fromHost(inverse, given.shape, 'int32'),
    counts: integers(counts),
  };
}

function integers(values: readonly number[]): Tensor {
  return fromHost(Int32Array.from(values), [values.length], 'int32');
}

/**
 * Where elements are not 0: for each axis an int32 vector of indices, in row-major order of the elements. How many there
 * are depends on the elements, so this computes x and looks at it; it cannot be used inside compiled functions.
 */
export async function nonzero(x: TensorLike): Promise<Tensor[]> {
  const given = toTensor(x, 'nonzero');
  const places = placesOf(await given.data());
  const strides = rowMajorStrides(given.shape);
  return given.shape.map((extent, axis) =>
    integers(places.map((place) => Math.floor(place / at(strides, axis)) % extent)),
  );
}

function placesOf(data: TypedArray): number[] {
  const places: number[] = [];
  data.forEach((value: number, place: number) => {
    if (value !== 0) places.push(place);
  });
  return places;
}
