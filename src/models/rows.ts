import type { LabelledTensors } from '../data/datasets.ts';
import type { LabelledImages } from '../data/labelled-images.ts';
import type { Several } from '../layers/several.ts';
import { flattenValues, naturalDType } from '../ops/convert.ts';
import { hostArray, type NestedArray, Tensor } from '../tensor/tensor.ts';
import type { DType, TypedArray } from '../util/dtypes.ts';
import { AntlerDataError, AntlerShapeError, at } from '../util/errors.ts';
import { formatShape, type Shape, sizeOf } from '../util/shapes.ts';

/** Examples on the host under a shape: [count, ...example]. */
export interface HostRows {
  readonly data: TypedArray;
  readonly shape: Shape;
}

/** Everything that examples or labels may be given as. The first axis counts the examples. */
export type RowsLike = Tensor | NestedArray | TypedArray | HostRows;

/** Examples in row-major order on the host. */
export interface Rows {
  readonly data: TypedArray;
  readonly count: number;
  /** Shape of one example. */
  readonly rowShape: Shape;
  /** Elements of one example. */
  readonly rowSize: number;
  /**
   * Element type of batches on the device: bytes and integers stay what they are, floats become the model's.
   */
  readonly dtype: DType;
}

/**
 * Brings examples into rows without copying typed arrays.
 * @param float the float type of batches
 * @throws AntlerShapeError for a scalar or a shape of another size; AntlerDataError if there is nothing
 */
export async function asRows(given: RowsLike, float: 'float32' | 'float64', where: string): Promise<Rows> {
  const { data, shape, dtype } = await hostValues(given, where);
  const [count, ...rowShape] = shape;
  if (count === undefined) {
    throw new AntlerShapeError({
      where,
      expected: 'an axis that counts the examples',
      got: 'a scalar',
      fix: 'put it into a list',
    });
  }
  if (sizeOf(shape) !== data.length) {
    throw new AntlerShapeError({
      where,
      expected: `${sizeOf(shape)} elements for ${formatShape(shape)}`,
      got: `${data.length}`,
      fix: 'the shape counts all elements of the data',
    });
  }
  if (count === 0)
    throw new AntlerDataError({ where, expected: 'at least one example', got: 'an empty dataset' });
  const batchDType = dtype === 'float32' || dtype === 'float64' ? float : dtype;
  return { data, count, rowShape, rowSize: sizeOf(rowShape), dtype: batchDType };
}

async function hostValues(given: RowsLike, where: string): Promise<HostRows & { readonly dtype: DType }> {
  if (given instanceof Tensor) return { data: await given.data(), shape: given.shape, dtype: given.dtype };
  if (isHostRows(given)) return { ...given, dtype: naturalDType(given.data, where) };
  const dtype = naturalDType(given, where);
  const { data, shape } = flattenValues(given, where);
  return { data: ArrayBuffer.isView(data) ? (data as TypedArray) : hostArray(dtype, data), shape, dtype };
}

export function isHostRows(given: object | number | boolean): given is HostRows {
  return typeof given === 'object' && 'data' in given && 'shape' in given;
}

/** Examples and their classes together, as the datasets give them: on the host, or as tensors. */
export type LabelledData = LabelledImages | LabelledTensors;

/** Whether examples and labels come together. */
export function isLabelled(given: Several<RowsLike> | LabelledData): given is LabelledData {
  return typeof given === 'object' && 'images' in given && 'labels' in given;
}

/** Images [count, height, width, channels] and labels [count] of a dataset, not copied. */
export function partsOf(dataset: LabelledData): [x: RowsLike, y: RowsLike] {
  if (!('count' in dataset)) return [dataset.images, dataset.labels];
  const { images, labels, imageShape, count } = dataset;
  return [
    { data: images, shape: [count, ...imageShape] },
    { data: labels, shape: [count] },
  ];
}

/** The rows [start, end), not copied. */
export function sliceRows(rows: Rows, start: number, end: number): Rows {
  const { rowSize } = rows;
  return { ...rows, data: rows.data.subarray(start * rowSize, end * rowSize), count: end - start };
}

/** @throws AntlerDataError unless there are as many labels (or weights) as examples */
export function requireEqualCounts(x: Pick<Rows, 'count'>, other: Rows, name: string, where: string): void {
  if (x.count === other.count) return;
  throw new AntlerDataError({
    where,
    expected: `as many ${name} as examples, ${x.count}`,
    got: `${other.count}`,
    fix: 'the first axis of both counts the examples',
  });
}

/** One element of a row. */
export function elementAt(rows: Rows, row: number, element: number): number {
  return at(rows.data, row * rows.rowSize + element);
}
