import { flattenValues, naturalDType } from '../../ops/convert.ts';
import { hostArray, type NestedArray, Tensor } from '../../tensor/tensor.ts';
import { allocate, type TypedArray } from '../../util/dtypes.ts';
import { AntlerDataError } from '../../util/errors.ts';
import type { HostArray } from './element.ts';

/** The elements of one leaf. @throws AntlerDataError for what has no numbers */
export function toHostArray(leaf: unknown, where: string): HostArray | Promise<HostArray> {
  if (leaf instanceof Tensor) return leaf.data().then((data) => ({ data, shape: leaf.shape }));
  if (typeof leaf === 'object' && leaf !== null && 'data' in leaf) return leaf as HostArray;
  if (typeof leaf === 'object' && leaf !== null) return nestedArray(leaf as readonly NestedArray[], where);
  if (typeof leaf === 'number') return { data: Float32Array.of(leaf), shape: [] };
  if (typeof leaf === 'boolean') return { data: Uint8Array.of(Number(leaf)), shape: [] };
  throw new AntlerDataError({
    where,
    expected: 'numbers, booleans, arrays, tensors, or strings everywhere',
    got: leaf === null ? 'null' : typeof leaf,
    fix: 'turn it into numbers by map, or filter such elements out',
  });
}

function nestedArray(leaf: readonly NestedArray[] | TypedArray, where: string): HostArray {
  const dtype = naturalDType(leaf, where);
  const { data, shape } = flattenValues(leaf, where);
  return { data: ArrayBuffer.isView(data) ? (data as TypedArray) : hostArray(dtype, data), shape };
}

/** A zeroed array of the same kind. */
export function emptyLike(data: TypedArray, length: number): TypedArray {
  return allocate(kindOf(data), length);
}

/** The element type of an array. */
export function kindOf(data: TypedArray): 'uint8' | 'int32' | 'float32' | 'float64' {
  if (data instanceof Uint8Array) return 'uint8';
  if (data instanceof Int32Array) return 'int32';
  return data instanceof Float32Array ? 'float32' : 'float64';
}
